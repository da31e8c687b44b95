package org.hauptbuch.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hauptbuch.api.block.Certificate.VoterSignature;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.block.RollbackVote;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.junit.jupiter.api.Test;

/** What a certificate must prove for a height to go back. */
class RollbackCertificateTest {
    private static final String CHAIN = "devnet-1";
    private static final Hash FROM = Hash.sha256(new byte[] {1});
    private static final Hash TO = Hash.sha256(new byte[] {2});

    private final ValidatorSet four = ValidatorSet.of(IntStream.range(0, 4)
            .mapToObj(i -> new ValidatorSet.Member(address(i), key(i), 10))
            .toList());

    private static PublicKey key(int i) {
        return new PublicKey(KeyType.ED25519, Hash.sha256(new byte[] {(byte) i}).bytes());
    }

    private static Address address(int i) {
        return Address.of(key(i));
    }

    private static RollbackVote vote(int i) {
        return RollbackVote.of(CHAIN, 7, FROM, TO, address(i), new FakeSigner(key(i)));
    }

    private static RollbackCertificate of(int... voters) {
        return RollbackCertificate.of(
                IntStream.of(voters).mapToObj(RollbackCertificateTest::vote).toList());
    }

    private void refused(String detail, RollbackCertificate certificate, String chain) {
        PoSException e =
                assertThrows(PoSException.class, () -> certificate.verify(chain, four, new FakeSigner(key(0))));
        assertEquals(PoSError.CONSENSUS_STATE_UPDATE_FAILED, e.error());
        assertTrue(e.getMessage().contains(detail), e.getMessage());
    }

    private static RollbackCertificate with(List<VoterSignature> signatures) {
        return new RollbackCertificate(7, FROM, TO, signatures);
    }

    @Test
    void moreThanTwoThirdsAreAQuorum() {
        of(0, 1, 2).verify(CHAIN, four, new FakeSigner(key(0)));
        of(3, 0, 2, 1).verify(CHAIN, four, new FakeSigner(key(0)));
        refused("voting power is 20, must be more than two thirds of 40", of(0, 1), CHAIN);
        refused("voting power is 0,", with(List.of()), CHAIN);
    }

    @Test
    void aVoterIsCountedOnce() {
        List<VoterSignature> twice = new ArrayList<>(of(0, 1).signatures());
        twice.add(twice.get(1));
        refused("is out of order or repeated", with(twice), CHAIN);
        List<VoterSignature> unordered = new ArrayList<>(of(0, 1, 2).signatures());
        unordered.add(unordered.remove(0));
        refused("is out of order or repeated", with(unordered), CHAIN);
    }

    @Test
    void aStrangerHasNoVote() {
        refused("voter " + address(9) + " is not in the validator set", of(0, 1, 2, 9), CHAIN);
    }

    @Test
    void aSignatureIsForThisHeightTheseRuleSetsAndThisChain() {
        List<VoterSignature> good = of(0, 1, 2).signatures();
        refused("the signature of voter", of(0, 1, 2), "devnet-2");
        refused("the signature of voter", new RollbackCertificate(8, FROM, TO, good), CHAIN);
        refused("the signature of voter", new RollbackCertificate(7, TO, TO, good), CHAIN);
        refused("the signature of voter", new RollbackCertificate(7, FROM, FROM, good), CHAIN);
        List<VoterSignature> swapped =
                List.of(new VoterSignature(good.get(0).validator(), good.get(1).signature()), good.get(1), good.get(2));
        refused("the signature of voter " + good.get(0).validator() + " is wrong", with(swapped), CHAIN);
    }

    @Test
    void aSignatureHasTheLengthOfItsKeys() {
        List<VoterSignature> cut = new ArrayList<>(of(0, 1, 2).signatures());
        Address voter = cut.get(1).validator();
        cut.set(1, new VoterSignature(voter, Bytes.of(new byte[3_373])));
        refused("the signature of voter " + voter + " is 3373 bytes, must be 64 bytes (ED25519)", with(cut), CHAIN);
    }

    /** Signatures that anybody can make: this is not about cryptography. */
    private record FakeSigner(PublicKey publicKey) implements Signer, SignatureScheme {
        @Override
        public Bytes sign(Bytes message) {
            Bytes half = Hash.sha256(publicKey.encoded().toArray(), message.toArray())
                    .bytes();
            return new Writer().fixed(half).fixed(half).toBytes();
        }

        @Override
        public Bytes prove(Bytes alpha) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean verify(PublicKey key, Bytes message, Bytes signature) {
            return new FakeSigner(key).sign(message).equals(signature);
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
}
