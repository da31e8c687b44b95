package org.hauptbuch.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.chain.Delegation;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.Redelegation;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.Rate;
import org.junit.jupiter.api.Test;

class TestViewTest {
    private static final Address A = TestView.address(1);
    private static final Address B = TestView.address(2);

    private final TestView view = new TestView();

    @Test
    void listsComeInThePromisedOrder() {
        view.with(TestView.validator(300)).with(TestView.validator(2)).with(TestView.validator(1));
        assertEquals(
                List.of(A, B, TestView.address(300)),
                view.validators().stream().map(Validator::address).toList());
        view.with(hop(2)).with(hop(1));
        assertEquals(List.of(hop(1), hop(2)), view.redelegations(A));
        assertEquals(List.of(), view.redelegations(B));
        view.with(penalty(250)).with(penalty(150)).with(penalty(10));
        assertEquals(List.of(penalty(150), penalty(250)), view.slashingsSince(1));
    }

    @Test
    void aDelegationReplacesItsPredecessor() {
        view.with(new Delegation(A, B, 5)).with(new Delegation(A, B, 7));
        assertEquals(Optional.of(new Delegation(A, B, 7)), view.delegation(A, B));
        assertEquals(Optional.empty(), view.delegation(B, A));
    }

    @Test
    void aCopyGoesItsOwnWay() {
        view.with(TestView.validator(1)).decidedBy(1, TestView.set(1, 10)).remember(memory(Optional.of(Bytes.EMPTY)));
        TestView copy = view.copy().chainId("other").height(201).without(A).forgetSets();
        copy.remember(memory(Optional.empty()));
        assertEquals("test-chain", view.chainId());
        assertEquals(0, view.epoch());
        assertEquals(2, copy.epoch());
        assertEquals(1, view.validators().size());
        assertTrue(copy.validators().isEmpty());
        assertEquals(1, view.validatorSet().size());
        assertThrows(IllegalStateException.class, copy::validatorSet);
        assertEquals(1, view.memory().size());
        assertTrue(copy.memory().isEmpty());
    }

    @Test
    void signaturesAreRealAndAlwaysTheSame() {
        JdkEd25519 scheme = new JdkEd25519();
        Signer signer = scheme.signer(1);
        Bytes message = Bytes.of(new byte[] {1, 2, 3});
        Bytes signature = signer.sign(message);
        assertEquals(signature, new JdkEd25519().signer(1).sign(message));
        assertTrue(scheme.verify(signer.publicKey(), message, signature));
        assertFalse(scheme.verify(signer.publicKey(), Bytes.EMPTY, signature));
        assertFalse(scheme.verify(scheme.signer(2).publicKey(), message, signature));
        assertFalse(scheme.verify(signer.publicKey(), message, Bytes.EMPTY));
        assertThrows(UnsupportedOperationException.class, () -> scheme.newSecret(KeyType.ED25519));
    }

    private static Observation memory(Optional<Bytes> value) {
        return new Observation(List.of(), List.of(new Observation.Remembered(A.bytes(), value)));
    }

    private static Redelegation hop(long sequence) {
        return new Redelegation(sequence, A, A, B, 10, 10, 1, 4);
    }

    private static SlashingEvent penalty(long height) {
        Offence offence = new Offence(
                "slashing.test", "a test", A, height, Offence.Gravity.FAULT, Optional.empty(), Optional.empty());
        return new SlashingEvent(offence, height, 0, Rate.ZERO, 0, 0, false, 0);
    }
}
