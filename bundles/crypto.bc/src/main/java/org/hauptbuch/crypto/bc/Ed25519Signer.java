package org.hauptbuch.crypto.bc;

import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;

/** Signs with one seed. It shows its public key only. Thread-safe. */
final class Ed25519Signer implements Signer {
    private final byte[] secret;
    private final byte[] encodedKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
    private final PublicKey publicKey;

    Ed25519Signer(Bytes secret) {
        if (secret.length() != Ed25519.SECRET_KEY_SIZE) {
            throw new IllegalArgumentException(
                    "secret: " + secret.length() + " bytes, must be " + Ed25519.SECRET_KEY_SIZE);
        }
        this.secret = secret.toArray();
        Ed25519.generatePublicKey(this.secret, 0, encodedKey, 0);
        this.publicKey = new PublicKey(KeyType.ED25519, Bytes.of(encodedKey));
    }

    @Override
    public PublicKey publicKey() {
        return publicKey;
    }

    @Override
    public Bytes sign(Bytes message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(secret, 0, encodedKey, 0, message.toArray(), 0, message.length(), signature, 0);
        return Bytes.of(signature);
    }

    @Override
    public String toString() {
        return "signer of " + publicKey;
    }
}
