package org.hauptbuch.crypto.bc;

import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;

/** ML-DSA-65 (FIPS 204, pure, algorithms 1 to 3) by Bouncy Castle's lightweight API. */
final class MlDsa65 {
    /** What algorithms 2 and 3 put before the message: no digest of it, and a context of 0 bytes. */
    private static final byte[] PURE_WITHOUT_CONTEXT = {0, 0};

    private MlDsa65() {}

    /** ML-DSA.Verify with the empty context string: algorithm 3. */
    static boolean verify(Bytes key, Bytes message, Bytes signature) {
        byte[] formatted = new byte[PURE_WITHOUT_CONTEXT.length + message.length()];
        System.arraycopy(PURE_WITHOUT_CONTEXT, 0, formatted, 0, PURE_WITHOUT_CONTEXT.length);
        message.copyTo(formatted, PURE_WITHOUT_CONTEXT.length);
        return verifyInternal(key, formatted, signature);
    }

    /** ML-DSA.Verify_internal: algorithm 8. */
    static boolean verifyInternal(Bytes key, byte[] formatted, Bytes signature) {
        return signature.length() == KeyType.ML_DSA_65.signatureLength()
                && new Verifier(key.toArray()).verify(formatted, signature.toArray());
    }

    /** Opens what Bouncy Castle keeps for heirs: the vectors of the standard's authors are for this algorithm. */
    private static final class Verifier extends MLDSASigner {
        private Verifier(byte[] key) {
            init(false, new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_65, key));
        }

        private boolean verify(byte[] formatted, byte[] signature) {
            return internalVerifySignature(formatted, signature);
        }
    }

    /** A secret, expanded from its seed. Thread-safe. */
    static final class Secret {
        private final MLDSAPrivateKeyParameters key;

        /** @param seed xi, 32 bytes */
        Secret(byte[] seed) {
            key = new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, seed);
        }

        PublicKey publicKey() {
            return new PublicKey(KeyType.ML_DSA_65, Bytes.of(key.getPublicKey()));
        }

        /** The signature by the deterministic variant: without a random source, rnd is 32 bytes of 0. */
        byte[] sign(byte[] message) {
            MLDSASigner signer = new MLDSASigner();
            signer.init(true, key);
            signer.update(message, 0, message.length);
            try {
                return signer.generateSignature();
            } catch (CryptoException e) {
                throw new IllegalStateException("ML-DSA-65 does not sign", e);
            }
        }
    }
}
