package org.hauptbuch.crypto.bc;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.hauptbuch.api.crypto.Hybrid;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.SignedMessage;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.osgi.service.component.annotations.Component;

/**
 * Ed25519 (RFC 8032, the pure variant without context), ML-DSA-65 (FIPS 204) and the hybrid of both by Bouncy Castle's
 * lightweight API; no security provider is registered or asked. ECVRF is this bundle's own, see {@link Ecvrf}.
 *
 * <p>Libraries disagree on crafted signatures, and nodes that disagree fork. This is the chain's rule, written out. An
 * Ed25519 signature (R, S) of 64 bytes by a key A of 32 bytes over a message M is accepted if and only if
 *
 * <ol>
 *   <li>A and R are canonical encodings of points of the curve: y &lt; 2<sup>255</sup>-19, and not x = 0 with the sign
 *       bit set;
 *   <li>A is not of small order, that is, not one of the eight points with 8A = 0. A may have a small-order component,
 *       and R may be of small order: neither helps a forger, and refusing them costs a multiplication each;
 *   <li>0 &le; S &lt; L, the order of the base point B, so that nobody can change a signature without its key;
 *   <li>8(SB - R - kA) = 0 with k = SHA-512(R || A || M) mod L, over the bytes as they were received. The factor 8 is
 *       what lets many signatures be checked in one equation;
 *   <li>M does not begin with {@link Hybrid#LABEL}, unless the signature is half of a hybrid one.
 * </ol>
 *
 * <p>Bouncy Castle decides single signatures; many at once are decided in one equation by the same rule, see {@link
 * BatchVerifier}. Cost of a verification where the key was seen lately, on one core: about 80 microseconds alone, 23 in
 * a batch of 256, 20 in one of 1,024; some 7 more where the key is new; ML-DSA-65 takes about 160, alone or not.
 * Thread-safe.
 */
@Component(service = SignatureScheme.class, property = SignatureScheme.PROVIDER + "=bouncycastle")
public final class BouncyCastleScheme implements SignatureScheme {
    /** Decoded keys to keep, for single verification and for batches: about 300 bytes each. */
    private static final int CACHED_POINTS = 16_384;

    /** The least signatures that are verified together sooner than one by one. */
    private static final int LEAST_BATCH = 4;

    /** One wrong signature in a batch of n is found by equations for fewer than 2n that do not hold. */
    private static final int VAIN = 2;

    private final SecureRandom random = new SecureRandom();
    // "partial" leaves out only the test for a small-order component, which the chain's rule allows
    private final PointCache<Ed25519.PublicPoint> points =
            new PointCache<>(CACHED_POINTS, key -> Ed25519.validatePublicKeyPartialExport(key, 0));
    private final BatchVerifier batches = new BatchVerifier(LEAST_BATCH, VAIN, CACHED_POINTS, this::verifyEd25519);

    @Override
    public boolean verify(PublicKey key, Bytes message, Bytes signature) {
        if (signature.length() != key.type().signatureLength()) {
            return false;
        }
        return switch (key.type()) {
            case ED25519 -> !Hybrid.isReserved(message) && verifyEd25519(new SignedMessage(key, message, signature));
            case ML_DSA_65 -> !Hybrid.isReserved(message) && MlDsa65.verify(key.bytes(), message, signature);
            case HYBRID -> {
                SignedMessage signed = new SignedMessage(key, message, signature);
                yield verifyEd25519(ed25519Half(signed)) && verifyMlDsa65Half(signed);
            }
        };
    }

    private boolean verifyEd25519(SignedMessage signed) {
        // null stands for a key that fails 1 or 2; the rest is checked by verify
        Ed25519.PublicPoint point = points.decode(signed.key().bytes());
        byte[] message = signed.message().toArray();
        return point != null && Ed25519.verify(signed.signature().toArray(), 0, point, message, 0, message.length);
    }

    private static SignedMessage ed25519Half(SignedMessage signed) {
        return new SignedMessage(
                Hybrid.ed25519(signed.key()),
                Hybrid.signed(signed.message()),
                Hybrid.ed25519Signature(signed.signature()));
    }

    private static boolean verifyMlDsa65Half(SignedMessage signed) {
        return MlDsa65.verify(
                Hybrid.mlDsa65(signed.key()).bytes(),
                Hybrid.signed(signed.message()),
                Hybrid.mlDsa65Signature(signed.signature()));
    }

    /**
     * As {@link #verify}: what is Ed25519, halves of hybrid signatures too, in one batch, and then ML-DSA one by one,
     * where that half is right.
     */
    @Override
    public boolean[] verifyAll(List<SignedMessage> batch) {
        boolean[] right = new boolean[batch.size()];
        List<SignedMessage> ed25519 = new ArrayList<>(batch.size());
        int[] places = new int[batch.size()];
        for (int i = 0; i < right.length; i++) {
            SignedMessage signed = batch.get(i);
            KeyType type = signed.key().type();
            if (type == KeyType.ML_DSA_65) {
                right[i] = verify(signed.key(), signed.message(), signed.signature());
            } else if (signed.signature().length() == type.signatureLength()
                    && (type == KeyType.HYBRID || !Hybrid.isReserved(signed.message()))) {
                places[ed25519.size()] = i;
                ed25519.add(type == KeyType.HYBRID ? ed25519Half(signed) : signed);
            }
        }
        boolean[] rightEd25519 = batches.verify(ed25519);
        for (int i = 0; i < rightEd25519.length; i++) {
            SignedMessage signed = batch.get(places[i]);
            right[places[i]] = rightEd25519[i] && (signed.key().type() == KeyType.ED25519 || verifyMlDsa65Half(signed));
        }
        return right;
    }

    @Override
    public Optional<Bytes> proofOutput(PublicKey key, Bytes alpha, Bytes proof) {
        if (!key.type().provesRandomness()) {
            return Optional.empty();
        }
        PublicKey half = key.type() == KeyType.HYBRID ? Hybrid.ed25519(key) : key;
        AffinePoint point = batches.key(half.bytes());
        return point == null
                ? Optional.empty()
                : Ecvrf.output(point, half.bytes().toArray(), alpha.toArray(), proof.toArray());
    }

    @Override
    public Signer signer(KeyType type, Bytes secret) {
        return Signers.of(type, secret);
    }

    @Override
    public Bytes newSecret(KeyType type) {
        byte[] secret = new byte[type.secretLength()];
        random.nextBytes(secret);
        return Bytes.of(secret);
    }
}
