package org.hauptbuch.rules.probe;

import java.util.Arrays;
import java.util.Optional;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;

/**
 * Signatures that anybody could forge, which is enough to ask a rule whether it looks at them: two digests of the key
 * and the message.
 */
final class MadeUpScheme implements SignatureScheme {
    static final MadeUpScheme INSTANCE = new MadeUpScheme();

    private MadeUpScheme() {}

    @Override
    public boolean verify(PublicKey key, Bytes message, Bytes signature) {
        return signature.equals(sign(key, message));
    }

    @Override
    public Optional<Bytes> proofOutput(PublicKey key, Bytes alpha, Bytes proof) {
        return proof.equals(prove(key, alpha)) ? Optional.of(sign(key, proof)) : Optional.empty();
    }

    static Bytes prove(PublicKey key, Bytes alpha) {
        return Bytes.of(Arrays.copyOf(sign(key, alpha).toArray(), PROOF_LENGTH));
    }

    @Override
    public Signer signer(KeyType type, Bytes secret) {
        throw new UnsupportedOperationException("no rule signs");
    }

    @Override
    public Bytes newSecret(KeyType type) {
        // nothing in a self-test may differ from run to run
        throw new UnsupportedOperationException("a self-test has no random source");
    }

    static Bytes sign(PublicKey key, Bytes message) {
        byte[] a = Hash.sha256(key.bytes().toArray(), message.toArray()).toArray();
        byte[] b = Hash.sha256(message.toArray(), key.bytes().toArray()).toArray();
        byte[] both = new byte[a.length + b.length];
        System.arraycopy(a, 0, both, 0, a.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return Bytes.of(both);
    }
}
