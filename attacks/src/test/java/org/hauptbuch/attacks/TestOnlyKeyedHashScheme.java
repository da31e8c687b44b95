package org.hauptbuch.attacks;

import java.util.Arrays;
import java.util.Optional;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;

/**
 * FOR SIMULATIONS ONLY: digests in place of signatures, keyed with the PUBLIC key, so that anybody could forge them.
 * Nobody in a simulation does, and they cost a hundredth of Ed25519's. Shaped like Ed25519 and deterministic.
 */
final class TestOnlyKeyedHashScheme implements SignatureScheme {
    private static final byte[] PUBLIC = {1};
    private static final byte[] LEFT = {2};
    private static final byte[] RIGHT = {3};

    @Override
    public boolean verify(PublicKey key, Bytes message, Bytes signature) {
        return signature.length() == KeyType.ED25519.signatureLength() && signature.equals(sign(key, message));
    }

    @Override
    public Optional<Bytes> proofOutput(PublicKey key, Bytes alpha, Bytes proof) {
        return proof.equals(prove(key, alpha)) ? Optional.of(sign(key, proof)) : Optional.empty();
    }

    private static Bytes prove(PublicKey key, Bytes alpha) {
        return Bytes.of(Arrays.copyOf(sign(key, alpha).toArray(), PROOF_LENGTH));
    }

    @Override
    public Signer signer(KeyType type, Bytes secret) {
        PublicKey key = new PublicKey(
                KeyType.ED25519, Hash.sha256(PUBLIC, secret.toArray()).bytes());
        return new Signer() {
            @Override
            public PublicKey publicKey() {
                return key;
            }

            @Override
            public Bytes sign(Bytes message) {
                return TestOnlyKeyedHashScheme.sign(key, message);
            }

            @Override
            public Bytes prove(Bytes alpha) {
                return TestOnlyKeyedHashScheme.prove(key, alpha);
            }
        };
    }

    @Override
    public Bytes newSecret(KeyType type) {
        throw new UnsupportedOperationException("a simulation draws nothing from the platform's random source");
    }

    private static Bytes sign(PublicKey key, Bytes message) {
        byte[] secret = key.bytes().toArray();
        byte[] text = message.toArray();
        byte[] left = Hash.sha256(LEFT, secret, text).toArray();
        byte[] right = Hash.sha256(RIGHT, secret, left).toArray();
        byte[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return Bytes.of(both);
    }
}
