package org.hauptbuch.embed;

import static org.hauptbuch.embed.Chains.hybridKey;
import static org.hauptbuch.embed.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.PoSConsensusConfig;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.PublicKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A validator takes another hybrid key: the new one votes, and what the old one signed stays punishable. */
class RotatedKeyTest {
    private static final int EPOCH = 2;
    private static final int UNBONDING_EPOCHS = 3;

    private final Signer old = hybridKey("alice");
    private final Signer next = hybridKey("alice's next key");
    private final Address alice = Address.of(old.publicKey());
    private PoSConsensus consensus;
    private ValidatorHandle handle;

    @BeforeEach
    void aliceRotatesInTheFirstEpoch() {
        ChainParameters d = ChainParameters.defaults();
        PoSConsensusConfig config =
                new PoSConsensusConfig(1_000_000, 100, 1_000, EPOCH, d.slashingPenalty(), true, true);
        // evidence may be as old as stake stays liable, and no older
        int liable = UNBONDING_EPOCHS * EPOCH;
        consensus = Chains.hybrid("alice", "bob", "carol", "dave")
                .parameters(new ChainParameters(
                        config, UNBONDING_EPOCHS, liable, 1, 0, 1, d.maxBlockGas(), d.maxBlockBytes(), d.gas()))
                .account(next, 0)
                .build();
        consensus.startConsensus();
        handle = new ValidatorHandle(consensus, "alice", alice);
        Bytes proof = next.sign(Transaction.possessionBytes("embedded", alice, next.publicKey()));
        consensus.produceBlock(List.of(consensus.transaction(alice, new Payload.RotateKey(next.publicKey(), proof))));
        consensus.produceBlock(List.of());
    }

    private void produceTo(long height) {
        while (consensus.consensusState().height() < height) {
            consensus.produceBlock(List.of());
        }
    }

    private PublicKey keyAt(long height) {
        return consensus
                .ledger()
                .validatorSetAt(height)
                .orElseThrow()
                .member(alice)
                .orElseThrow()
                .key();
    }

    @Test
    void theNewKeyVotesFromTheNextEpochOn() {
        produceTo(4);
        assertEquals(old.publicKey(), keyAt(2));
        assertEquals(next.publicKey(), keyAt(3));
        Block fourth = consensus.block(4).orElseThrow();
        assertTrue(fourth.lastCertificate().orElseThrow().signedBy(alice));
    }

    @Test
    void theOldKeyStaysPunishableForTheUnbondingTime() {
        // evidence goes into block 7: it is then as old as it may be
        produceTo(UNBONDING_EPOCHS * EPOCH);
        assertTrue(consensus.detectSlashing(handle, Chains.doubleVote(consensus, alice, old, 1)));
        assertEquals(ValidatorStatus.BANNED, handle.status());
        assertEquals(Chains.STAKE - Chains.STAKE / 20, handle.stakedAmount());
    }

    @Test
    void afterThatItIsNot() {
        produceTo(UNBONDING_EPOCHS * EPOCH + 1);
        assertRefused(
                PoSError.SLASHING_DETECTION_FAILED,
                () -> consensus.detectSlashing(handle, Chains.doubleVote(consensus, alice, old, 1)),
                "evidence");
        assertEquals(ValidatorStatus.ACTIVE, handle.status());
    }

    @Test
    void aKeySignsForItsOwnTimeOnly() {
        produceTo(4);
        assertRefused(
                PoSError.SLASHING_DETECTION_FAILED,
                () -> consensus.detectSlashing(handle, Chains.doubleVote(consensus, alice, next, 1)),
                "signature");
        assertRefused(
                PoSError.SLASHING_DETECTION_FAILED,
                () -> consensus.detectSlashing(handle, Chains.doubleVote(consensus, alice, old, 3)),
                "signature");
        assertTrue(consensus.detectSlashing(handle, Chains.doubleVote(consensus, alice, next, 3)));
    }

    @Test
    void nobodyTakesAKeyThatSomebodyHad() {
        Payload back = new Payload.RotateKey(
                old.publicKey(), old.sign(Transaction.possessionBytes("embedded", alice, old.publicKey())));
        assertRefused(
                PoSError.INVALID_VALIDATOR,
                () -> consensus.submit(alice, back, 0, PoSError.INVALID_VALIDATOR),
                "consensusKey is " + old.publicKey().shortText() + ", must be a key that no validator has or had");
    }
}
