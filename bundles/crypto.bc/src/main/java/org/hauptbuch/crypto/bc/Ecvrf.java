package org.hauptbuch.crypto.bc;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.value.Bytes;

/**
 * The verifiable random function ECVRF-EDWARDS25519-SHA512-ELL2 (RFC 9381, sections 5 and 5.5). A proof is a point
 * Gamma = xH of the curve, 16 bytes c and 32 bytes s, where H is the input hashed to the curve; the output is the digest
 * of 8 Gamma. The key is checked as section 5.4.5 says, so that there is one output for each key and input even where
 * somebody made the key to have two.
 *
 * <p>What depends on the secret x or on the nonce k is computed in a time and with addresses that tell nothing of them:
 * the products xH, kB and kH by {@link ExtendedPoint#times}, the number k + cx by {@link Scalar25519}. All else is
 * computed from what the proof shows. Thread-safe.
 */
final class Ecvrf {
    private static final byte SUITE = 4;
    private static final byte CHALLENGE = 2;
    private static final byte OUTPUT = 3;
    private static final byte END = 0;
    private static final int POINT = Field25519.BYTES;
    private static final int CHALLENGE_BYTES = 16;

    private Ecvrf() {}

    /** What of an Ed25519 secret proves: RFC 8032, section 5.1.5. */
    static final class Secret {
        private final byte[] x;
        private final byte[] prefix;
        private final byte[] key;

        /**
         * What proves.
         *
         * @param seed 32 bytes
         * @param key its public key
         */
        Secret(byte[] seed, byte[] key) {
            byte[] hash = Sha512.digest().digest(seed);
            x = Arrays.copyOf(hash, POINT);
            x[0] &= (byte) 0xf8;
            x[POINT - 1] &= 0x7f;
            x[POINT - 1] |= 0x40;
            prefix = Arrays.copyOfRange(hash, POINT, hash.length);
            this.key = key;
        }

        /** The proof for {@code alpha}, 80 bytes: RFC 9381, section 5.1. */
        byte[] prove(byte[] alpha) {
            ExtendedPoint h = Elligator.encodeToCurve(key, alpha);
            byte[] encodedH = h.encode();
            byte[] gamma = h.times(x).encode();
            // section 5.4.2.2: Ed25519 signs the message of these 32 bytes with the same nonce; its signer never does
            byte[] k = nonce(encodedH);
            byte[] u = AffinePoint.BASE.extended().times(k).encode();
            byte[] v = h.times(k).encode();
            byte[] c = challenge(key, encodedH, gamma, u, v);
            byte[] s = Scalar25519.sumOfProduct(k, Arrays.copyOf(c, POINT), x);

            byte[] proof = Arrays.copyOf(gamma, SignatureScheme.PROOF_LENGTH);
            System.arraycopy(c, 0, proof, POINT, CHALLENGE_BYTES);
            System.arraycopy(s, 0, proof, POINT + CHALLENGE_BYTES, POINT);
            return proof;
        }

        private byte[] nonce(byte[] encodedH) {
            MessageDigest sha512 = Sha512.digest();
            sha512.update(prefix);
            return Scalar25519.reduce(sha512.digest(encodedH));
        }
    }

    /**
     * The output of a proof that is right: RFC 9381, section 5.3.
     *
     * @param key a point that is not of small order
     */
    static Optional<Bytes> output(AffinePoint key, byte[] encodedKey, byte[] alpha, byte[] proof) {
        if (proof.length != SignatureScheme.PROOF_LENGTH) {
            return Optional.empty();
        }
        AffinePoint gamma = AffinePoint.decode(proof, 0);
        byte[] challenge = Arrays.copyOfRange(proof, POINT, POINT + CHALLENGE_BYTES);
        BigInteger c = littleEndian(challenge);
        BigInteger s = littleEndian(Arrays.copyOfRange(proof, POINT + CHALLENGE_BYTES, proof.length));
        if (gamma == null || s.compareTo(BatchVerifier.L) >= 0) {
            return Optional.empty();
        }
        AffinePoint h = Elligator.encodeToCurve(encodedKey, alpha).affine();
        byte[] u = difference(s, AffinePoint.BASE, c, key);
        byte[] v = difference(s, h, c, gamma);
        byte[] encodedGamma = Arrays.copyOf(proof, POINT);
        return Arrays.equals(challenge(encodedKey, h.encode(), encodedGamma, u, v), challenge)
                ? Optional.of(output(gamma))
                : Optional.empty();
    }

    /** s P - c Q. */
    private static byte[] difference(BigInteger s, AffinePoint p, BigInteger c, AffinePoint q) {
        return MultiScalar.sum(List.of(new MultiScalar.Term(p, s), new MultiScalar.Term(q.negative(), c)))
                .encode();
    }

    /** Section 5.2. */
    private static Bytes output(AffinePoint gamma) {
        ExtendedPoint eightfold = gamma.extended();
        eightfold.timesEight();
        MessageDigest sha512 = Sha512.digest();
        sha512.update(SUITE);
        sha512.update(OUTPUT);
        sha512.update(eightfold.encode());
        sha512.update(END);
        return Bytes.of(sha512.digest());
    }

    /** Section 5.4.3. */
    private static byte[] challenge(byte[]... points) {
        MessageDigest sha512 = Sha512.digest();
        sha512.update(SUITE);
        sha512.update(CHALLENGE);
        for (byte[] point : points) {
            sha512.update(point);
        }
        sha512.update(END);
        return Arrays.copyOf(sha512.digest(), CHALLENGE_BYTES);
    }

    private static BigInteger littleEndian(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }
}
