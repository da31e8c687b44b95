package org.hauptbuch.ledger;

import java.util.Optional;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;

/** Signatures that anybody can make and that cost nothing: the ledger's tests are not about cryptography. */
final class FakeScheme implements SignatureScheme {
    static Bytes sign(PublicKey key, Bytes message) {
        Bytes half = Hash.sha256(key.encoded().toArray(), message.toArray()).bytes();
        return new Writer().fixed(half).fixed(half).toBytes();
    }

    /** A proof that anybody can make. */
    static Bytes prove(PublicKey key, Bytes alpha) {
        return new Writer().fixed(sign(key, alpha)).fixed(new byte[16]).toBytes();
    }

    static Signer signer(PublicKey key) {
        return new Signer() {
            @Override
            public PublicKey publicKey() {
                return key;
            }

            @Override
            public Bytes sign(Bytes message) {
                return FakeScheme.sign(key, message);
            }

            @Override
            public Bytes prove(Bytes alpha) {
                return FakeScheme.prove(key, alpha);
            }
        };
    }

    @Override
    public boolean verify(PublicKey key, Bytes message, Bytes signature) {
        return sign(key, message).equals(signature);
    }

    @Override
    public Optional<Bytes> proofOutput(PublicKey key, Bytes alpha, Bytes proof) {
        return prove(key, alpha).equals(proof) ? Optional.of(sign(key, proof)) : Optional.empty();
    }

    @Override
    public Signer signer(KeyType type, Bytes secret) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Bytes newSecret(KeyType type) {
        throw new UnsupportedOperationException();
    }
}
