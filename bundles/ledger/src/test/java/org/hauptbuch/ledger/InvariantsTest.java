package org.hauptbuch.ledger;

import static org.hauptbuch.ledger.TestChain.ALICE;
import static org.hauptbuch.ledger.TestChain.BOB;
import static org.hauptbuch.ledger.TestChain.DAVE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.Unbonding;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.ledger.state.DirectView;
import org.hauptbuch.ledger.state.Key;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.PoolRewards;
import org.hauptbuch.ledger.state.Share;
import org.hauptbuch.ledger.tree.StateTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A state that was tampered with is found out, whatever was done to it. */
class InvariantsTest {
    private final TestChain chain = new TestChain();
    private DirectView view;

    @BeforeEach
    void aChainWithEverythingInIt() {
        chain.ok(DAVE, new Payload.Delegate(ALICE.address(), 5_000));
        chain.ok(DAVE, new Payload.Undelegate(ALICE.address(), 1_000));
        chain.ok(DAVE, new Payload.Redelegate(ALICE.address(), BOB.address(), 1_000));
        chain.endEpoch();
        view = new DirectView(chain.state);
    }

    private <T> void set(Key<T> key, T value) {
        chain.state.values.put(key.bytes(), key.codec().encode(value));
    }

    private void broken(String what) {
        chain.state.nodes.clear();
        TreeMap<Bytes, Optional<Bytes>> all = new TreeMap<>();
        chain.state.values.forEach((key, value) -> all.put(key, Optional.of(value)));
        chain.state.apply(StateTree.apply(StateReader.empty(), all));
        List<String> broken = chain.ledger.brokenInvariants(chain.state, chain.generation);
        assertTrue(broken.stream().anyMatch(line -> line.contains(what)), broken.toString());
    }

    @Test
    void aUnitOutOfThinAir() {
        set(Keys.account(DAVE.address()), new Account(chain.balance(DAVE) + 1, 3));
        broken("supply: the sum of all pots is 53000051, must be 53000050");
    }

    @Test
    void sharesOfNobody() {
        var validator = chain.validator(ALICE);
        set(
                Keys.validator(ALICE.address()),
                validator.withPool(new Pool(validator.tokens(), validator.pool().shares() + 1)));
        broken("validator alice: the sum of shares");
    }

    @Test
    void rewardsThatNothingCovers() {
        PoolRewards rewards = view.the(Keys.rewards(ALICE.address()));
        set(Keys.rewards(ALICE.address()), new PoolRewards(rewards.accumulator(), 1, rewards.commission()));
        broken("validator alice: the rewards owed");
    }

    @Test
    void aShareOutsideItsIndex() {
        chain.state.values.remove(Keys.shareOf(DAVE.address(), ALICE.address()).bytes());
        broken("not in its delegator's index");
        broken("delegators' index");
    }

    @Test
    void anUnbondingOutsideItsIndexOrGrown() {
        Unbonding entry = chain.view.unbondingsOf(DAVE.address()).get(0);
        set(
                Keys.unbonding(entry.maturityEpoch(), entry.sequence()),
                new Unbonding(
                        entry.sequence(),
                        entry.delegator(),
                        entry.validator(),
                        1_000,
                        1_001,
                        1,
                        entry.maturityEpoch()));
        chain.state.values.remove(
                Keys.unbondingFrom(ALICE.address(), entry.sequence()).bytes());
        broken("unbonding 0: what is left is 1001, must be at most 1000");
        broken("unbonding 0: not in its index");
    }

    @Test
    void aMoveOutsideItsIndex() {
        long sequence = chain.view.redelegationsOf(DAVE.address()).get(0).sequence();
        chain.state.values.remove(
                Keys.redelegationFrom(ALICE.address(), sequence).bytes());
        broken("redelegation " + sequence + ": not in its index");
    }

    @Test
    void anotherNameOrKey() {
        set(Keys.name("alice"), BOB.address());
        set(Keys.consensusKey(ALICE.consensusKey()), BOB.address());
        broken("validator alice: its name is not its own");
        broken("validator alice: its consensus key is not its own");
        broken("validator set of epoch 1: the key of");
    }

    @Test
    void nobodyInTheSet() {
        set(Keys.set(1), ValidatorSet.of(List.of()));
        broken("validator set of epoch 1: empty");
    }

    @Test
    void aValueThatTheRootDoesNotCover() {
        set(
                Keys.share(ALICE.address(), DAVE.address()),
                new Share(1, view.the(Keys.rewards(ALICE.address())).accumulator()));
        List<String> broken = chain.ledger.brokenInvariants(chain.state, chain.generation);
        assertTrue(broken.contains("state root: not the root of the keys and values"), broken.toString());
    }

    @Test
    void aNegativeNumberCannotEvenBeRead() {
        byte[] account = new byte[16];
        account[0] = (byte) 0x80;
        chain.state.values.put(Keys.account(DAVE.address()).bytes(), Bytes.of(account));
        PoSException e =
                assertThrows(PoSException.class, () -> chain.ledger.brokenInvariants(chain.state, chain.generation));
        assertTrue(e.getMessage().contains("account.balance is 9223372"), e.getMessage());
    }

    @Test
    void anUntouchedStateIsWhole() {
        assertEquals(List.of(), chain.ledger.brokenInvariants(chain.state, chain.generation));
    }
}
