package org.hauptbuch.api.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValuesTest {
    @Test
    void bytesAreCopiedAndOrderedUnsigned() {
        byte[] array = {1, 2};
        Bytes bytes = Bytes.of(array);
        array[0] = 9;
        assertEquals("0102", bytes.hex());
        bytes.toArray()[0] = 9;
        assertEquals(Bytes.fromHex("0102"), bytes);
        assertTrue(Bytes.fromHex("7f").compareTo(Bytes.fromHex("80")) < 0);
        assertTrue(Bytes.fromHex("0102ff").startsWith(bytes));
        assertFalse(bytes.startsWith(Bytes.fromHex("0102ff")));
        assertThrows(IllegalArgumentException.class, () -> Bytes.fromHex("xyz"));
    }

    @Test
    void aHashIsThirtyTwoBytes() {
        // FIPS 180-4, the example of one block: SHA-256("abc")
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                Hash.sha256(new byte[] {'a', 'b', 'c'}).toString());
        assertThrows(IllegalArgumentException.class, () -> Hash.fromHex("ba78"));
    }

    @Test
    void anAddressDependsOnTheKeyAndItsLengthIsChecked() {
        PublicKey a = new PublicKey(KeyType.ED25519, Bytes.of(new byte[32]));
        byte[] other = new byte[32];
        other[31] = 1;
        PublicKey b = new PublicKey(KeyType.ED25519, Bytes.of(other));
        assertNotEquals(Address.of(a), Address.of(b));
        assertEquals(a, PublicKey.fromHex(a.toString()));
        assertThrows(IllegalArgumentException.class, () -> Address.fromHex("00"));
        assertThrows(IllegalArgumentException.class, () -> PublicKey.fromHex(""));
        assertThrows(IllegalArgumentException.class, () -> PublicKey.fromHex("07" + "00".repeat(32)));
        assertThrows(IllegalArgumentException.class, () -> PublicKey.fromHex("01" + "00".repeat(31)));
    }

    @Test
    void aRateIsReadAsPercentOrShare() {
        assertEquals(50_000, Rate.parse("5%").ppm());
        assertEquals(50_000, Rate.parse("0.05").ppm());
        assertEquals(Rate.ONE, Rate.parse("1"));
        assertEquals("5%", Rate.parse("0.05").toString());
        assertEquals("0.0001%", new Rate(1).toString());
        for (String bad : new String[] {"", "%", "-1%", "101%", "0.00000001", "five", "NaN", "1e9999"}) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Rate.parse(bad), bad);
            assertTrue(e.getMessage().startsWith("rate: "), e.getMessage());
        }
        assertEquals(5, Rate.parse("5%").floorOf(119));
        assertEquals(6, Rate.parse("5%").ceilOf(119));
        assertEquals(950_000, Rate.parse("5%").complement().ppm());
    }

    @Test
    void sumsDoNotWrap() {
        assertThrows(ArithmeticException.class, () -> Amounts.add(Amounts.MAX, 1));
        assertThrows(ArithmeticException.class, () -> Amounts.subtract(1, 2));
        assertThrows(IllegalArgumentException.class, () -> Amounts.check("fee", -1));
        assertEquals(Amounts.MAX, Amounts.add(Amounts.MAX - 1, 1));
    }

    @Test
    void productsAndQuorumsAreExact() {
        long seed = 20_261_122L;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long a = random.nextLong() >>> 1 + random.nextInt(62);
            long b = random.nextLong() >>> 1 + random.nextInt(62);
            long c = Math.max(Math.max(a, b), 1);
            BigInteger[] exact =
                    BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)).divideAndRemainder(BigInteger.valueOf(c));
            String where = "seed " + seed + ": " + a + " * " + b + " / " + c;
            assertEquals(exact[0].longValueExact(), Amounts.mulDivFloor(a, b, c), where);
            assertEquals(exact[0].longValueExact() + exact[1].signum(), Amounts.mulDivCeil(a, b, c), where);
            boolean quorum = BigInteger.valueOf(a)
                            .multiply(BigInteger.valueOf(3))
                            .compareTo(BigInteger.valueOf(b).multiply(BigInteger.TWO))
                    > 0;
            assertEquals(quorum, Amounts.moreThanTwoThirds(a, b), where);
        }
        assertTrue(Amounts.moreThanTwoThirds(3, 4));
        assertFalse(Amounts.moreThanTwoThirds(2, 3));
        assertFalse(Amounts.moreThanOneThird(1, 3));
        assertTrue(Amounts.moreThanOneThird(2, 4));
    }
}
