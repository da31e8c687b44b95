package org.hauptbuch.ledger;

import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.PublicKey;

/** Signatures that anybody can make and that cost nothing: the ledger's tests are not about cryptography. */
final class FakeScheme implements SignatureScheme {
    static Bytes sign(PublicKey key, Bytes message) {
        return Hash.sha256(key.encoded().toArray(), message.toArray()).bytes();
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
        };
    }

    @Override
    public boolean verify(PublicKey key, Bytes message, Bytes signature) {
        return sign(key, message).equals(signature);
    }

    @Override
    public Signer signer(Bytes secret) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Bytes newSecret() {
        throw new UnsupportedOperationException();
    }
}
