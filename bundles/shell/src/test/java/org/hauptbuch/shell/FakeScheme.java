package org.hauptbuch.shell;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;

/** Signatures that only this object can tell from others. */
public final class FakeScheme implements SignatureScheme {
    private final Map<PublicKey, Bytes> secrets = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();

    @Override
    public boolean verify(PublicKey key, Bytes message, Bytes signature) {
        Bytes secret = secrets.get(key);
        return secret != null && sign(secret, message).equals(signature);
    }

    @Override
    public Optional<Bytes> proofOutput(PublicKey key, Bytes alpha, Bytes proof) {
        return Optional.empty();
    }

    @Override
    public Signer signer(KeyType type, Bytes secret) {
        PublicKey key =
                new PublicKey(type, Bytes.of(Arrays.copyOf(Hash.sha256(secret).toArray(), type.keyLength())));
        secrets.put(key, secret);
        return new Signer() {
            @Override
            public PublicKey publicKey() {
                return key;
            }

            @Override
            public Bytes sign(Bytes message) {
                return FakeScheme.sign(secret, message);
            }

            @Override
            public Bytes prove(Bytes alpha) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Override
    public Bytes newSecret(KeyType type) {
        return Hash.sha256(new Writer().u32(next.incrementAndGet()).toBytes()).bytes();
    }

    private static Bytes sign(Bytes secret, Bytes message) {
        Bytes half = Hash.sha256(secret.toArray(), message.toArray()).bytes();
        return new Writer().fixed(half).fixed(half).toBytes();
    }
}
