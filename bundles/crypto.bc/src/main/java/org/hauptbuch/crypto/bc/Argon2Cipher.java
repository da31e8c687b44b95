package org.hauptbuch.crypto.bc;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.hauptbuch.api.crypto.PassphraseCipher;
import org.hauptbuch.api.value.Bytes;
import org.osgi.service.component.annotations.Component;

/** Argon2id and AES-256-GCM by Bouncy Castle's lightweight API. Keys that were derived are wiped after their use. */
@Component(service = PassphraseCipher.class)
public final class Argon2Cipher implements PassphraseCipher {
    private static final int KEY_LENGTH = 32;

    private final SecureRandom random = new SecureRandom();

    @Override
    public Sealed seal(Bytes passphrase, Cost cost, Bytes header, Bytes secret) {
        Bytes salt = fresh(SALT_LENGTH);
        Bytes nonce = fresh(NONCE_LENGTH);
        try {
            return new Sealed(cost, salt, nonce, cipher(true, key(passphrase, cost, salt), nonce, header, secret));
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("encryption has no text to find wrong", e);
        }
    }

    @Override
    public Optional<Bytes> open(Bytes passphrase, Bytes header, Sealed sealed) {
        byte[] key = key(passphrase, sealed.cost(), sealed.salt());
        try {
            return Optional.of(cipher(false, key, sealed.nonce(), header, sealed.text()));
        } catch (InvalidCipherTextException wrong) {
            return Optional.empty();
        }
    }

    private static Bytes cipher(boolean encrypt, byte[] key, Bytes nonce, Bytes header, Bytes text)
            throws InvalidCipherTextException {
        GCMModeCipher gcm = GCMBlockCipher.newInstance(AESEngine.newInstance());
        try {
            gcm.init(
                    encrypt,
                    new AEADParameters(new KeyParameter(key), 8 * TAG_LENGTH, nonce.toArray(), header.toArray()));
            byte[] out = new byte[gcm.getOutputSize(text.length())];
            int length = gcm.processBytes(text.toArray(), 0, text.length(), out, 0);
            gcm.doFinal(out, length);
            return Bytes.of(out);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] key(Bytes passphrase, Cost cost, Bytes salt) {
        return derive(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(cost.memoryKiB())
                        .withIterations(cost.passes())
                        .withParallelism(cost.lanes())
                        .withSalt(salt.toArray())
                        .build(),
                passphrase.toArray());
    }

    static byte[] derive(Argon2Parameters parameters, byte[] passphrase) {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(parameters);
        byte[] key = new byte[KEY_LENGTH];
        argon2.generateBytes(passphrase, key);
        return key;
    }

    private Bytes fresh(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
