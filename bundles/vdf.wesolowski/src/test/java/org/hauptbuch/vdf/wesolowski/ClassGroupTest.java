package org.hauptbuch.vdf.wesolowski;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Random;
import org.hauptbuch.api.value.Bytes;
import org.junit.jupiter.api.Test;

class ClassGroupTest {
    @Test
    void multipliesAndSquaresAsTheTextbookDoes() {
        int shared = 0;
        for (long seed = 1; seed <= 30; seed++) {
            int bits = 16 * (16 + (int) seed % 4);
            BigInteger prime = Groups.prime(seed, bits);
            ClassGroup group = new ClassGroup(prime);
            Random random = new Random(seed);
            for (int i = 0; i < 20; i++) {
                Form x = Groups.some(group, random);
                Form y = Groups.some(group, random);
                String where = "seed " + seed + ", pair " + i;
                shared += x.a().gcd(y.a()).equals(BigInteger.ONE) ? 0 : 1;
                assertEquals(Groups.compose(x, y, prime.negate()), group.multiply(x, y), where);
                assertEquals(Groups.compose(x, x, prime.negate()), group.square(x), where);
                assertEquals(group.square(x), group.multiply(x, x), where);
                assertTrue(group.multiply(x, y).isReduced(), where);
            }
        }
        // the branches for a common divisor were taken
        assertTrue(shared > 100, "pairs with a common divisor: " + shared);
    }

    /** Steps of NUCOMP for a common divisor of many sizes: powers of one small form against each other. */
    @Test
    void multipliesFormsThatShareMuch() {
        BigInteger prime = Groups.prime(5, 256);
        ClassGroup group = new ClassGroup(prime);
        Form[] powers = new Form[120];
        powers[0] = group.one();
        for (int i = 1; i < powers.length; i++) {
            powers[i] = Groups.compose(powers[i - 1], group.generator(), prime.negate());
        }
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < 60; j++) {
                assertEquals(powers[i + j], group.multiply(powers[i], powers[j]), i + " and " + j);
                Form quotient = i >= j ? powers[i - j] : powers[j - i].inverse();
                assertEquals(quotient, group.multiply(powers[i], powers[j].inverse()), i + " by " + j);
            }
        }
    }

    @Test
    void theNeutralElementAndInversesAreThat() {
        ClassGroup group = Groups.group(7, 512);
        Form x = Groups.some(group, new Random(7));
        assertEquals(x, group.multiply(x, group.one()));
        assertEquals(x, group.multiply(group.one(), x));
        assertEquals(group.one(), group.multiply(x, x.inverse()));
        assertEquals(group.one(), group.square(group.one()));
        assertEquals(group.one(), group.one().inverse());
    }

    @Test
    void powersOfTwoFormsAreThoseOfRepeatedProducts() {
        ClassGroup group = Groups.group(3, 256);
        Form x = Groups.some(group, new Random(3));
        Form y = Groups.some(group, new Random(4));
        Form left = group.one();
        for (int m = 0; m < 40; m++) {
            Form both = left;
            for (int n = 0; n < 40; n += 7) {
                Form expected = both;
                assertEquals(
                        expected,
                        Powers.product(group, x, BigInteger.valueOf(m), y, BigInteger.valueOf(n)),
                        m + " " + n);
                for (int i = 0; i < 7; i++) {
                    both = group.multiply(both, y);
                }
            }
            left = group.multiply(left, x);
        }
    }

    @Test
    void everyEncodingButTheCanonicalOneIsRefused() {
        for (long seed = 1; seed <= 20; seed++) {
            ClassGroup group = Groups.group(seed, 256);
            Form form = Groups.some(group, new Random(seed));
            Bytes canonical = Bytes.of(group.encode(form));
            assertEquals(34, canonical.length());
            assertEquals(Optional.of(form), group.decode(canonical), "seed " + seed);

            BigInteger a = form.a();
            BigInteger b = form.b();
            BigInteger twice = a.shiftLeft(1);
            // the same class, not reduced
            assertRefused(group, a, b.add(twice));
            assertRefused(group, a, b.subtract(twice));
            assertRefused(
                    group, form.c().bitLength() < 136 ? form.c() : a, b.negate().subtract(twice));
            // of another discriminant, or no form at all
            assertRefused(group, a.add(BigInteger.ONE), b);
            assertRefused(group, a, b.add(BigInteger.ONE));
            assertRefused(group, a, b.add(BigInteger.TWO));
            // out of range
            assertRefused(group, BigInteger.ZERO, BigInteger.ZERO);
            assertRefused(group, BigInteger.ZERO, b);
            assertRefused(group, a.negate(), b);
            assertRefused(group, BigInteger.ONE, BigInteger.ONE.negate());
            assertRefused(group, a.setBit(132), b);
            assertRefused(group, BigInteger.ONE.shiftLeft(134), BigInteger.ONE);
            // of another length
            byte[] bytes = canonical.toArray();
            assertFalse(group.decode(Bytes.of(bytes, 0, 33)).isPresent());
            assertFalse(group.decode(Bytes.of(bytes, 0, 35)).isPresent());
            assertFalse(group.decode(Bytes.EMPTY).isPresent());
            assertFalse(Groups.group(seed, 272).decode(canonical).isPresent());
            assertFalse(Groups.group(seed + 100, 256).decode(canonical).isPresent());
        }
    }

    /** Of (a, b, a) and (a, -b, a), and of (a, a, c) and (a, -a, c), one is reduced. Both have a small discriminant. */
    @Test
    void onTheBoundsOneOfTwoIsReduced() {
        BigInteger two = BigInteger.TWO;
        BigInteger one = BigInteger.ONE;
        assertTrue(new Form(two, one, two).isReduced());
        assertFalse(new Form(two, one.negate(), two).isReduced());
        assertTrue(new Form(one, one, two).isReduced());
        assertFalse(new Form(one, one.negate(), two).isReduced());
        assertEquals(new Form(two, one, two), new Form(two, one.negate(), two).reduced());
        assertEquals(new Form(one, one, two), new Form(one, one.negate(), two).reduced());
        assertFalse(new Form(two, two.add(one), two).isReduced());
        assertFalse(new Form(two, one, one).isReduced());
        assertFalse(new Form(BigInteger.ZERO, BigInteger.ZERO, one).isReduced());
    }

    private static void assertRefused(ClassGroup group, BigInteger a, BigInteger b) {
        byte[] encoded = group.encode(new Form(a, b, BigInteger.ONE));
        assertFalse(group.decode(Bytes.of(encoded)).isPresent(), a + ", " + b);
    }
}
