package org.hauptbuch.crypto.bc;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.hauptbuch.api.crypto.SignedMessage;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;

/**
 * Verifies many Ed25519 signatures in one equation: with a weight z of 128 bits for each,
 *
 * <pre>8 ( (sum z S) B - sum z R - sum z k A ) = 0.</pre>
 *
 * D. J. Bernstein, N. Duif, T. Lange, P. Schwabe, B.-Y. Yang: High-speed high-security signatures, 2012, section 5. If
 * every signature satisfies the chain's rule, so does the sum; if one does not, the sum is 0 for at most one weight of
 * it in 2<sup>128</sup>. That both say the same for crafted signatures takes the factor 8 here and in single
 * verification: K. Chalkias, F. Garillot, V. Nikolaenko: Taming the many EdDSAs, 2020, section 4. What the equation does
 * not say (canonical A and R, S &lt; L, no A of small order) is checked for each signature by itself.
 *
 * <p>The weights are digests of the whole batch: each key, message and signature is hashed before any weight is known,
 * so that whoever makes signatures cannot choose them to fit. Against weights from a random source this has two merits:
 * the answer is a function of the batch, and it does not hang on that source. The price is that somebody may try
 * batches at home; each try succeeds with 2<sup>-128</sup>, which is what forging a signature costs too.
 *
 * <p>A batch for which the equation does not hold is halved until single verification has named the wrong signatures:
 * for one of them, two to three times the time of a good batch. Where there are so many that this does not pay, the rest
 * is verified one by one, so that whoever sends wrong signatures costs about twice what they cost by themselves. Nothing
 * here is secret, so time may depend on everything. Thread-safe.
 */
final class BatchVerifier {
    /** The order of the base point (RFC 8032, section 5.1). */
    static final BigInteger L =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final int POINT = Field25519.BYTES;
    private static final int SIGNATURE = 2 * POINT;
    private static final int WEIGHT = 16;
    private static final byte[] L_BYTES = L.toByteArray();

    private final int least;
    private final int vain;
    private final PointCache<AffinePoint> keys;
    private final Predicate<SignedMessage> single;

    /**
     * What is left to check of a signature that is well-formed.
     *
     * @param index its place in the batch
     * @param s the second half of the signature, under L
     * @param digest SHA-512(R || A || M) as a number, which is k before it is reduced modulo L
     */
    private record Item(
            int index, SignedMessage signed, AffinePoint key, AffinePoint r, BigInteger s, BigInteger digest) {}

    /**
     * A verifier of batches.
     *
     * @param least the smallest batch that is worth an equation, 1 or more
     * @param vain how often, on average, a signature may be in an equation that does not hold before the rest of its
     *     batch is verified one by one, 1 or more
     * @param cachedKeys decoded keys to keep, about 350 bytes each
     * @param single verifies one signature
     */
    BatchVerifier(int least, int vain, int cachedKeys, Predicate<SignedMessage> single) {
        this.least = least;
        this.vain = vain;
        this.keys = new PointCache<>(cachedKeys, BatchVerifier::decodeKey);
        this.single = single;
    }

    /** The decoded key; null where the encoding is not canonical or the point of small order. */
    AffinePoint key(Bytes encoded) {
        return keys.decode(encoded);
    }

    /** What single verification would say of each. */
    boolean[] verify(List<SignedMessage> batch) {
        boolean[] right = new boolean[batch.size()];
        if (right.length < least) {
            for (int i = 0; i < right.length; i++) {
                right[i] = single.test(batch.get(i));
            }
            return right;
        }
        new Run(batch, right).decide();
        return right;
    }

    /** One batch. */
    private final class Run {
        private final boolean[] right;
        private final List<Item> items = new ArrayList<>();
        private final List<BigInteger> weights = new ArrayList<>();
        private long inVain;

        private Run(List<SignedMessage> batch, boolean[] right) {
            this.right = right;
            MessageDigest transcript = Sha512.digest();
            MessageDigest sha512 = Sha512.digest();
            for (int i = 0; i < batch.size(); i++) {
                Item item = parse(i, batch.get(i), sha512, transcript);
                if (item != null) {
                    items.add(item);
                }
            }
            byte[] seed = transcript.digest();
            byte[] block = {};
            for (int i = 0; i < batch.size(); i++) {
                int offset = i * WEIGHT % seed.length;
                if (offset == 0) {
                    sha512.update(seed);
                    block = sha512.digest(ByteBuffer.allocate(4).putInt(i).array());
                }
                weights.add(new BigInteger(1, block, offset, WEIGHT));
            }
        }

        private void decide() {
            decide(items, false);
        }

        /** Decides {@code some}, of which one is wrong where {@code suspect}. @return whether all are right */
        private boolean decide(List<Item> some, boolean suspect) {
            if (some.size() >= least && !suspect && !isHopeless()) {
                if (holds(some)) {
                    some.forEach(item -> right[item.index] = true);
                    return true;
                }
                inVain += some.size();
            }
            if (some.size() < least || some.size() == 1 || isHopeless()) {
                boolean all = true;
                for (Item item : some) {
                    right[item.index] = single.test(item.signed);
                    all &= right[item.index];
                }
                return all;
            }
            int middle = some.size() / 2;
            boolean first = decide(some.subList(0, middle), false);
            // where the first half is right, the second is known to be wrong
            decide(some.subList(middle, some.size()), first);
            return false;
        }

        private boolean isHopeless() {
            return inVain >= (long) vain * items.size();
        }

        private boolean holds(List<Item> some) {
            BigInteger base = BigInteger.ZERO;
            Map<Bytes, AffinePoint> points = new LinkedHashMap<>();
            Map<Bytes, BigInteger> factors = new LinkedHashMap<>();
            List<MultiScalar.Term> terms = new ArrayList<>(2 * some.size() + 1);
            for (Item item : some) {
                BigInteger weight = weights.get(item.index);
                Bytes key = item.signed.key().bytes();
                base = base.add(weight.multiply(item.s));
                points.put(key, item.key);
                factors.merge(key, weight.multiply(item.digest), BigInteger::add);
                terms.add(new MultiScalar.Term(item.r, weight));
            }
            factors.forEach((key, factor) -> terms.add(new MultiScalar.Term(points.get(key), factor.mod(L))));
            // modulo L is right for points of any order, because of the factor 8
            terms.add(new MultiScalar.Term(AffinePoint.BASE, base.negate().mod(L)));
            return MultiScalar.sum(terms).isOfSmallOrder();
        }
    }

    /** The checks of one signature by itself; null where it fails one. What is signed goes into the transcript. */
    private Item parse(int index, SignedMessage signed, MessageDigest sha512, MessageDigest transcript) {
        if (signed.key().type() != KeyType.ED25519 || signed.signature().length() != SIGNATURE) {
            return null;
        }
        byte[] signature = signed.signature().toArray();
        byte[] s = reversed(signature, POINT);
        if (Arrays.compareUnsigned(s, L_BYTES) >= 0) {
            return null;
        }
        AffinePoint key = keys.decode(signed.key().bytes());
        AffinePoint r = key == null ? null : AffinePoint.decode(signature, 0);
        if (r == null) {
            return null;
        }
        sha512.update(signature, 0, POINT);
        sha512.update(signed.key().bytes().toArray());
        byte[] digest = sha512.digest(signed.message().toArray());
        // the digest stands for R, key and message
        transcript.update(digest);
        transcript.update(s);
        return new Item(index, signed, key, r, new BigInteger(1, s), new BigInteger(1, reversed(digest, 0)));
    }

    private static AffinePoint decodeKey(byte[] bytes) {
        AffinePoint key = AffinePoint.decode(bytes, 0);
        return key == null || key.hasSmallOrder() ? null : key;
    }

    /** The bytes from {@code from} on, the last first. */
    private static byte[] reversed(byte[] bytes, int from) {
        byte[] reversed = new byte[bytes.length - from];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
