package org.hauptbuch.crypto.bc;

import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.hauptbuch.api.crypto.Hybrid;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;

/** The signers of each type of key. They show their public keys only. Thread-safe. */
final class Signers {
    private Signers() {}

    /** @throws IllegalArgumentException where the secret has another length than the type's */
    static Signer of(KeyType type, Bytes secret) {
        if (secret.length() != type.secretLength()) {
            throw new IllegalArgumentException(
                    "secret: " + secret.length() + " bytes, must be " + type.secretLength() + " for " + type);
        }
        return switch (type) {
            case ED25519 -> new Ed25519Signer(secret);
            case ML_DSA_65 -> new MlDsa65Signer(secret);
            case HYBRID -> new HybridSigner(secret);
        };
    }

    private static void refuseReserved(Bytes message) {
        if (Hybrid.isReserved(message)) {
            throw new IllegalArgumentException(
                    "message: begins with the label of hybrid signatures, must not for another type of key");
        }
    }

    /** RFC 8032. */
    static final class Ed25519Signer implements Signer {
        /** The length of a message that is never signed. */
        private static final int POINT = 32;

        private final byte[] secret;
        private final byte[] encodedKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
        private final PublicKey publicKey;
        private final Ecvrf.Secret vrf;

        private Ed25519Signer(Bytes secret) {
            this.secret = secret.toArray();
            Ed25519.generatePublicKey(this.secret, 0, encodedKey, 0);
            this.publicKey = new PublicKey(KeyType.ED25519, Bytes.of(encodedKey));
            this.vrf = new Ecvrf.Secret(this.secret, encodedKey);
        }

        @Override
        public PublicKey publicKey() {
            return publicKey;
        }

        /**
         * Refuses a message of 32 bytes. Its nonce is SHA-512(prefix || message), and that of a proof of randomness is
         * SHA-512(prefix || H) with a point H of 32 bytes (RFC 9381, section 5.4.2.2) that everybody can compute. If H
         * were signed, s = k + cx of the proof and S = k + c'x of the signature would give away the key x. All that the
         * chain signs is longer; the refusal makes sure of it.
         */
        @Override
        public Bytes sign(Bytes message) {
            if (message.length() == POINT) {
                throw new IllegalArgumentException(
                        "message: 32 bytes, must be shorter or longer, as signing a point would give away the key");
            }
            refuseReserved(message);
            return signature(message);
        }

        /** The signature, whatever the message: nobody else may call it with one of 32 bytes. */
        Bytes signature(Bytes message) {
            byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
            Ed25519.sign(secret, 0, encodedKey, 0, message.toArray(), 0, message.length(), signature, 0);
            return Bytes.of(signature);
        }

        @Override
        public Bytes prove(Bytes alpha) {
            return Bytes.of(vrf.prove(alpha.toArray()));
        }

        @Override
        public String toString() {
            return "signer of " + publicKey;
        }
    }

    /** FIPS 204, deterministic. */
    private static final class MlDsa65Signer implements Signer {
        private final MlDsa65.Secret secret;
        private final PublicKey publicKey;

        private MlDsa65Signer(Bytes seed) {
            this.secret = new MlDsa65.Secret(seed.toArray());
            this.publicKey = secret.publicKey();
        }

        @Override
        public PublicKey publicKey() {
            return publicKey;
        }

        @Override
        public Bytes sign(Bytes message) {
            refuseReserved(message);
            return Bytes.of(secret.sign(message.toArray()));
        }

        @Override
        public Bytes prove(Bytes alpha) {
            throw new UnsupportedOperationException("a key of type " + KeyType.ML_DSA_65 + " proves no randomness");
        }

        @Override
        public String toString() {
            return "signer of " + publicKey;
        }
    }

    /** Both, over the bytes of {@link Hybrid#signed}: they are more than 32. */
    private static final class HybridSigner implements Signer {
        private final Ed25519Signer ed25519;
        private final MlDsa65.Secret mlDsa65;
        private final PublicKey publicKey;

        private HybridSigner(Bytes secret) {
            this.ed25519 = new Ed25519Signer(Hybrid.ed25519Secret(secret));
            this.mlDsa65 = new MlDsa65.Secret(Hybrid.mlDsa65Secret(secret).toArray());
            this.publicKey = new PublicKey(
                    KeyType.HYBRID,
                    Hybrid.join(ed25519.publicKey().bytes(), mlDsa65.publicKey().bytes()));
        }

        @Override
        public PublicKey publicKey() {
            return publicKey;
        }

        @Override
        public Bytes sign(Bytes message) {
            Bytes signed = Hybrid.signed(message);
            return Hybrid.join(ed25519.signature(signed), Bytes.of(mlDsa65.sign(signed.toArray())));
        }

        @Override
        public Bytes prove(Bytes alpha) {
            return ed25519.prove(alpha);
        }

        @Override
        public String toString() {
            return "signer of " + publicKey;
        }
    }
}
