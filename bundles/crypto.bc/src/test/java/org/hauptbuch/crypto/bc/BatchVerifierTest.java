package org.hauptbuch.crypto.bc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.hauptbuch.api.crypto.SignedMessage;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.junit.jupiter.api.Test;

/** Batches say what Bouncy Castle says of each signature by itself. */
class BatchVerifierTest {
    private static final long SEED = 53;

    private final Random random = new Random(SEED);
    private final BouncyCastleScheme scheme = new BouncyCastleScheme();

    /** As the node has it. */
    private final BatchVerifier batches = new BatchVerifier(4, 2, 64, this::single);

    /** Says yes by the equation only: a batch of one is an equation too, and there is no second opinion. */
    private final BatchVerifier equation = new BatchVerifier(1, 1_000, 64, signed -> false);

    @Test
    void everyVectorAloneIsDecidedByTheEquationAsBySingleVerification() throws IOException {
        for (SignedMessage signed : Vectors.all()) {
            assertEquals(single(signed), equation.verify(List.of(signed))[0], signed.toString());
        }
    }

    @Test
    void allVectorsInOneBatch() throws IOException {
        List<SignedMessage> all = Vectors.all();
        assertEquals(12 + 128 + 914, all.size());
        assertArrayEquals(singly(all), batches.verify(all));
        assertArrayEquals(singly(all), equation.verify(all));
        assertArrayEquals(singly(all), scheme.verifyAll(all));
    }

    @Test
    void allVectorsThatAreRightHoldInOneEquation() throws IOException {
        List<SignedMessage> right = Vectors.all().stream().filter(this::single).toList();
        AtomicInteger asked = new AtomicInteger();
        boolean[] answers = new BatchVerifier(4, 2, 64, signed -> asked.getAndIncrement() < 0).verify(right);
        for (boolean answer : answers) {
            assertTrue(answer);
        }
        assertEquals(0, asked.get());
    }

    @Test
    void everyVectorHiddenAmongGoodOnes() throws IOException {
        List<SignedMessage> good = good(9);
        for (SignedMessage signed : Vectors.all()) {
            List<SignedMessage> batch = new ArrayList<>(good);
            int place = random.nextInt(batch.size() + 1);
            batch.add(place, signed);
            boolean[] answers = equation.verify(batch);
            for (int i = 0; i < answers.length; i++) {
                assertEquals(i != place || single(signed), answers[i], signed + " at " + place + ", seed " + SEED);
            }
        }
    }

    @Test
    void theOneThatIsWrongIsNamed() {
        List<SignedMessage> good = good(67);
        for (int wrong = 0; wrong < good.size(); wrong++) {
            List<SignedMessage> batch = new ArrayList<>(good);
            batch.set(wrong, mutated(good.get(wrong), 2));
            AtomicInteger asked = new AtomicInteger();
            boolean[] answers =
                    new BatchVerifier(4, 2, 64, signed -> asked.getAndIncrement() >= 0 && single(signed)).verify(batch);
            for (int i = 0; i < answers.length; i++) {
                assertEquals(i != wrong, answers[i], i + " where " + wrong + " is wrong");
            }
            assertTrue(asked.get() < 8, asked + " were verified one by one");
        }
    }

    /** After two rows of equations in vain. */
    @Test
    void manyThatAreWrongAreVerifiedOneByOne() {
        List<SignedMessage> batch =
                good(64).stream().map(signed -> mutated(signed, 1)).toList();
        AtomicInteger asked = new AtomicInteger();
        boolean[] answers = new BatchVerifier(4, 2, 64, signed -> {
                    asked.incrementAndGet();
                    // to see that nobody else is asked from then on
                    return true;
                })
                .verify(batch);
        assertEquals(64, asked.get());
        for (boolean answer : answers) {
            assertTrue(answer);
        }
        assertArrayEquals(new boolean[64], batches.verify(batch));
    }

    @Test
    void randomAndMutatedSignatures() {
        List<SignedMessage> good = good(60);
        for (int round = 0, cases = 0; cases < 3_000; round++) {
            List<SignedMessage> batch = new ArrayList<>();
            int size = random.nextInt(64);
            // from all good to all wrong
            int wrongInTen = random.nextInt(11);
            for (int i = 0; i < size; i++) {
                SignedMessage signed = good.get(random.nextInt(good.size()));
                batch.add(random.nextInt(10) < wrongInTen ? mutated(signed, random.nextInt(7)) : signed);
            }
            cases += size;
            boolean[] expected = singly(batch);
            String name = "round " + round + ", seed " + SEED;
            assertArrayEquals(expected, batches.verify(batch), name);
            assertArrayEquals(expected, equation.verify(batch), name);
        }
    }

    /** Two wrong signatures whose errors cancel out wherever the weights are equal or foreseen. */
    @Test
    void errorsThatCancelOutAreFound() {
        List<SignedMessage> batch = new ArrayList<>(good(8));
        batch.set(2, withS(batch.get(2), BigInteger.ONE));
        batch.set(5, withS(batch.get(5), BigInteger.ONE.negate()));
        boolean[] answers = equation.verify(batch);
        for (int i = 0; i < answers.length; i++) {
            assertEquals(i != 2 && i != 5, answers[i], "signature " + i);
        }
    }

    @Test
    void nothingIsDecidedInAnEmptyBatch() {
        assertEquals(0, batches.verify(List.of()).length);
        assertEquals(0, equation.verify(List.of()).length);
    }

    @Test
    void repeatedKeysMessagesAndSignatures() {
        Signer signer = signer(1);
        SignedMessage same = signed(signer, 1);
        List<SignedMessage> batch = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            batch.add(same);
            batch.add(signed(signer, i));
            batch.add(signed(signer(i), 1));
        }
        assertArrayEquals(singly(batch), equation.verify(batch));
        batch.set(33, mutated(batch.get(33), 2));
        batch.add(new SignedMessage(signer(2).publicKey(), same.message(), same.signature()));
        boolean[] answers = equation.verify(batch);
        assertArrayEquals(singly(batch), answers);
        assertArrayEquals(
                new boolean[] {true, false, true, false},
                new boolean[] {answers[32], answers[33], answers[34], answers[60]});
    }

    private SignedMessage mutated(SignedMessage signed, int how) {
        return switch (how) {
            case 0 -> new SignedMessage(
                    new PublicKey(KeyType.ED25519, flip(signed.key().bytes())), signed.message(), signed.signature());
            case 1 -> new SignedMessage(signed.key(), flip(signed.message()), signed.signature());
            case 2 -> new SignedMessage(signed.key(), signed.message(), flip(signed.signature()));
            case 3 -> withS(signed, BatchVerifier.L);
            case 4 -> new SignedMessage(signed.key(), signed.message(), randomBytes(64));
            case 5 -> new SignedMessage(
                    signed.key(), signed.message(), Bytes.of(signed.signature().toArray(), 0, random.nextInt(64)));
            default -> new SignedMessage(
                    new PublicKey(KeyType.ED25519, randomBytes(32)), signed.message(), signed.signature());
        };
    }

    /** With another second half of the signature. */
    private static SignedMessage withS(SignedMessage signed, BigInteger more) {
        byte[] signature = signed.signature().toArray();
        byte[] s = new byte[32];
        for (int i = 0; i < 32; i++) {
            s[i] = signature[63 - i];
        }
        BigInteger changed = new BigInteger(1, s).add(more);
        for (int i = 0; i < 32; i++) {
            signature[32 + i] = changed.shiftRight(8 * i).byteValue();
        }
        return new SignedMessage(signed.key(), signed.message(), Bytes.of(signature));
    }

    private List<SignedMessage> good(int count) {
        List<SignedMessage> good = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            good.add(signed(signer(i), i));
        }
        return good;
    }

    private SignedMessage signed(Signer signer, int length) {
        // none of 32 bytes, which no key signs
        Bytes message = Bytes.of(new byte[length < 31 ? 1 + length : 2 + length]);
        return new SignedMessage(signer.publicKey(), message, signer.sign(message));
    }

    private Signer signer(int number) {
        byte[] seed = new byte[32];
        seed[0] = (byte) number;
        return scheme.signer(KeyType.ED25519, Bytes.of(seed));
    }

    private Bytes flip(Bytes bytes) {
        byte[] array = bytes.toArray();
        array[random.nextInt(array.length)] ^= (byte) (1 << random.nextInt(8));
        return Bytes.of(array);
    }

    private Bytes randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    private boolean single(SignedMessage signed) {
        return scheme.verify(signed.key(), signed.message(), signed.signature());
    }

    private boolean[] singly(List<SignedMessage> batch) {
        boolean[] right = new boolean[batch.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = single(batch.get(i));
        }
        return right;
    }
}
