package org.hauptbuch.tck;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;

/**
 * Real Ed25519 signatures (RFC 8032) from the Java platform, for tests: on honest signatures every library agrees, on
 * malicious ones a node's own library is the judge. Secrets are numbered and never fresh, so every run signs the same.
 */
public final class JdkEd25519 implements SignatureScheme {
    /** The ASN.1 header of an Ed25519 public key (RFC 8410). */
    private static final Bytes X509_HEADER = Bytes.fromHex("302a300506032b6570032100");

    /** The signer number {@code n}, 0 to 255, always the same. */
    public Signer signer(int n) {
        return signer(KeyType.ED25519, Bytes.of(new byte[] {
            (byte) n, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
        }));
    }

    @Override
    public boolean verify(PublicKey key, Bytes message, Bytes signature) {
        try {
            byte[] x509 = new byte[X509_HEADER.length() + key.bytes().length()];
            X509_HEADER.copyTo(x509, 0);
            key.bytes().copyTo(x509, X509_HEADER.length());
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509)));
            verifier.update(message.toArray());
            return verifier.verify(signature.toArray());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public Signer signer(KeyType type, Bytes secret) {
        if (type != KeyType.ED25519) {
            throw new UnsupportedOperationException("the Java platform has no keys of type " + type);
        }
        try {
            // the platform derives the public key only when it makes a pair: hand it the secret as its randomness
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Fixed(secret));
            byte[] encoded = generator.generateKeyPair().getPublic().getEncoded();
            PublicKey publicKey = new PublicKey(
                    KeyType.ED25519, Bytes.of(encoded, X509_HEADER.length(), KeyType.ED25519.keyLength()));
            PrivateKey privateKey = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret.toArray()));
            return new JdkSigner(publicKey, privateKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The digests of a proof, which is a signature with 16 bytes of 0 after it: the platform has no random function, and
     * a rule asks only whether a proof is its maker's.
     */
    @Override
    public Optional<Bytes> proofOutput(PublicKey key, Bytes alpha, Bytes proof) {
        if (proof.length() != PROOF_LENGTH) {
            return Optional.empty();
        }
        Bytes signature = Bytes.of(proof.toArray(), 0, KeyType.ED25519.signatureLength());
        Bytes digest = Hash.sha256(proof).bytes();
        return proofOf(signature).equals(proof) && verify(key, alpha, signature)
                ? Optional.of(new Writer()
                        .fixed(digest)
                        .fixed(Hash.sha256(digest).bytes())
                        .toBytes())
                : Optional.empty();
    }

    private static Bytes proofOf(Bytes signature) {
        return Bytes.of(Arrays.copyOf(signature.toArray(), PROOF_LENGTH));
    }

    @Override
    public Bytes newSecret(KeyType type) {
        throw new UnsupportedOperationException("tests use fixed secrets");
    }

    private record JdkSigner(PublicKey publicKey, PrivateKey privateKey) implements Signer {
        @Override
        public Bytes prove(Bytes alpha) {
            return proofOf(sign(alpha));
        }

        @Override
        public Bytes sign(Bytes message) {
            try {
                Signature signer = Signature.getInstance("Ed25519");
                signer.initSign(privateKey);
                signer.update(message.toArray());
                return Bytes.of(signer.sign());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class Fixed extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final transient Bytes secret;

        Fixed(Bytes secret) {
            this.secret = secret;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            secret.copyTo(bytes, 0);
        }
    }
}
