package org.hauptbuch.api.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.junit.jupiter.api.Test;

class SignatureSchemeTest {
    private static final PublicKey KEY = new PublicKey(KeyType.ED25519, Bytes.of(new byte[32]));

    /** The message signs itself. */
    private static final SignatureScheme SCHEME = new SignatureScheme() {
        @Override
        public boolean verify(PublicKey key, Bytes message, Bytes signature) {
            return key.equals(KEY) && message.equals(signature);
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
    };

    @Test
    void aSchemeThatKnowsNoFasterWayAnswersOneByOne() {
        Bytes one = Bytes.fromHex("01");
        Bytes two = Bytes.fromHex("02");
        assertArrayEquals(new boolean[0], SCHEME.verifyAll(List.of()));
        assertArrayEquals(
                new boolean[] {true, false, true},
                SCHEME.verifyAll(List.of(
                        new SignedMessage(KEY, one, one),
                        new SignedMessage(KEY, one, two),
                        new SignedMessage(KEY, two, two))));
    }
}
