package org.hauptbuch.net.tcp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.NoSuchPaddingException;
import org.bouncycastle.jcajce.util.JcaJceHelper;
import org.bouncycastle.jcajce.util.ProviderJcaJceHelper;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/**
 * What TLS calculates with: AES-GCM, SHA-2 and HMAC of the platform, which has processor instructions for them and is
 * ten times as fast, and all else of a Bouncy Castle that is an object and registered nowhere.
 */
final class LinkCrypto extends JcaTlsCryptoProvider {
    private final JcaJceHelper helper;

    LinkCrypto(Provider bouncyCastle) {
        this.helper = new Mixed(bouncyCastle);
    }

    @Override
    public JcaTlsCrypto create(SecureRandom random) {
        return create(random, new SecureRandom());
    }

    @Override
    public JcaTlsCrypto create(SecureRandom random, SecureRandom nonces) {
        return new Crypto(helper, random, nonces);
    }

    @Override
    public JcaJceHelper getHelper() {
        return helper;
    }

    @Override
    public JcaJceHelper getAltHelper() {
        return helper;
    }

    /** Its constructor is for subclasses only. */
    private static final class Crypto extends JcaTlsCrypto {
        private Crypto(JcaJceHelper helper, SecureRandom random, SecureRandom nonces) {
            super(helper, random, nonces);
        }
    }

    private static final class Mixed extends ProviderJcaJceHelper {
        private Mixed(Provider bouncyCastle) {
            super(bouncyCastle);
        }

        @Override
        public Cipher createCipher(String algorithm) throws NoSuchAlgorithmException, NoSuchPaddingException {
            return algorithm.startsWith("AES/GCM/") ? Cipher.getInstance(algorithm) : super.createCipher(algorithm);
        }

        @Override
        public MessageDigest createMessageDigest(String algorithm) throws NoSuchAlgorithmException {
            return algorithm.startsWith("SHA-")
                    ? MessageDigest.getInstance(algorithm)
                    : super.createMessageDigest(algorithm);
        }

        @Override
        public Mac createMac(String algorithm) throws NoSuchAlgorithmException {
            return algorithm.startsWith("HmacSHA") ? Mac.getInstance(algorithm) : super.createMac(algorithm);
        }
    }
}
