package org.hauptbuch.node.setup;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.NamedParameterSpec;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.node.keys.KeyFile;

/**
 * Makes Ed25519 keys by the platform alone, because a network is set up before there is a container with a signature
 * service. A public key follows from its seed by RFC 8032, section 5.1.5: every library gives the same.
 */
final class DevelopmentKeys {
    private static final int SEED = 32;

    private final SecureRandom random = new SecureRandom();

    /** A fresh key. */
    KeyFile make(String name) {
        byte[] seed = new byte[SEED];
        random.nextBytes(seed);
        return new KeyFile(name, Bytes.of(seed), publicKey(seed), true);
    }

    static PublicKey publicKey(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Given(seed));
            EdECPoint point = ((EdECPublicKey) generator.generateKeyPair().getPublic()).getPoint();
            // section 5.1.2: y, little-endian, with the sign of x as the highest bit
            byte[] big = point.getY().toByteArray();
            byte[] encoded = new byte[SEED];
            for (int i = 0; i < SEED && i < big.length; i++) {
                encoded[i] = big[big.length - 1 - i];
            }
            if (point.isXOdd()) {
                encoded[SEED - 1] |= (byte) 0x80;
            }
            return new PublicKey(KeyType.ED25519, Bytes.of(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no Ed25519", e);
        }
    }

    /** Gives the seed to the generator, which takes it as the secret key. */
    private static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        private Given(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
