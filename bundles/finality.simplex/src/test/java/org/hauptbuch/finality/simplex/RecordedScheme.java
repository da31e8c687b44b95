package org.hauptbuch.finality.simplex;

import java.util.Optional;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;

/** Verifies the signatures of a {@link Cast}, which are digests and protect nothing: for these tests only. */
record RecordedScheme(Cast cast) implements SignatureScheme {
    @Override
    public boolean verify(PublicKey key, Bytes message, Bytes signature) {
        return cast.validators.members().stream()
                .filter(member -> member.key().equals(key))
                .anyMatch(member -> Cast.sign(member.address(), message).equals(signature));
    }

    @Override
    public Optional<Bytes> proofOutput(PublicKey key, Bytes alpha, Bytes proof) {
        return Optional.empty();
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
