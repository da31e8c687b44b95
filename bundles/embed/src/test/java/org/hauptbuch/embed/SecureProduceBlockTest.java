package org.hauptbuch.embed;

import static org.hauptbuch.embed.Chains.address;
import static org.hauptbuch.embed.Chains.key;
import static org.hauptbuch.embed.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Commission;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.finality.FinalityRule;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.rules.RuleCatalogue;
import org.junit.jupiter.api.Test;

class SecureProduceBlockTest {
    @Test
    void aHealthyChainGoesOn() {
        PoSConsensus consensus = Chains.standard().config(Chains.epochs(3)).build();
        consensus.startConsensus();
        for (int height = 1; height <= 7; height++) {
            Block block = consensus.secureProduceBlock(Chains.transfers(consensus, "erin", "frank", "grace"));
            assertEquals(height, block.height());
        }
    }

    @Test
    void aSecureBlockIsTheSameBlock() {
        assertEquals(Chains.started().produceBlock(List.of()), Chains.started().secureProduceBlock(List.of()));
    }

    @Test
    void aClockBehindTheLastBlock() {
        AtomicLong now = new AtomicLong(Chains.START);
        PoSConsensus consensus = Chains.standard().clock(now::get).build();
        consensus.startConsensus();
        consensus.secureProduceBlock(List.of());
        now.set(Chains.START - 1);
        assertRefused(
                PoSError.SECURITY_VALIDATION_FAILED,
                () -> consensus.secureProduceBlock(List.of()),
                "clock is " + (Chains.START - 1),
                "at least the time of block 1, " + Chains.START);
        assertEquals(
                Chains.START + 1, consensus.produceBlock(List.of()).header().timeMillis());
    }

    @Test
    void aStoreThatSomebodyElseWroteTo() {
        TamperedStore store = new TamperedStore();
        PoSConsensus consensus = Chains.standard().store(store).build();
        consensus.startConsensus();
        store.copyValue(LedgerView.accountKey(address("alice")), LedgerView.accountKey(address("mallory")));
        assertRefused(
                PoSError.SECURITY_VALIDATION_FAILED,
                () -> consensus.secureProduceBlock(List.of()),
                "root of the state in the store",
                consensus.consensusState().stateRoot().toString());
        assertEquals(0, consensus.consensusState().height());
    }

    @Test
    void booksThatDoNotBalance() {
        Parts parts = new Parts();
        parts.check.checkConsensus(parts.chain.plan(), parts::finality, Optional.empty(), Chains.START);
        parts.store.copyValue(LedgerView.accountKey(address("alice")), LedgerView.accountKey(address("mallory")));
        assertRefused(
                PoSError.SECURITY_VALIDATION_FAILED,
                () -> parts.check.checkConsensus(parts.chain.plan(), parts::finality, Optional.empty(), Chains.START),
                "broken invariants");
    }

    @Test
    void aRuleThatWentAway() {
        Parts parts = new Parts();
        HeightPlan plan = parts.chain.plan();
        parts.catalogue.remove(parts.catalogue.available().get(0));
        assertRefused(
                PoSError.SECURITY_VALIDATION_FAILED,
                () -> parts.check.checkConsensus(plan, parts::finality, Optional.empty(), Chains.START),
                "rules that are not available",
                "selection.weighted");
    }

    @Test
    void aLastCertificateThatProvesNothing() {
        Parts parts = new Parts();
        parts.chain.produce(List.of(), List.of(), false);
        HeightPlan plan = parts.chain.plan();
        Certificate whole = plan.lastCertificate().orElseThrow();
        Certificate half = new Certificate(
                whole.phase(),
                whole.height(),
                whole.round(),
                whole.block(),
                whole.signatures().subList(0, 2));
        HeightPlan worse = new HeightPlan(
                plan.chainId(),
                plan.parameters(),
                plan.parent(),
                Optional.of(half),
                plan.epoch(),
                plan.validators(),
                plan.schedule(),
                plan.seed(),
                plan.generation());
        parts.check.checkConsensus(plan, parts::finality, Optional.of(plan.validators()), Chains.START);
        assertRefused(
                PoSError.SECURITY_VALIDATION_FAILED,
                () -> parts.check.checkConsensus(worse, parts::finality, Optional.of(plan.validators()), Chains.START),
                "voting power");
        assertRefused(
                PoSError.SECURITY_VALIDATION_FAILED,
                () -> parts.check.checkConsensus(plan, parts::finality, Optional.empty(), Chains.START),
                "validators of block 1");
    }

    @Test
    void aBannedValidatorsTurn() {
        PoSConsensus consensus = Chains.without("selection")
                .rule("selection.bob", BrokenRules.selecting((height, round) -> address("bob")))
                .build();
        consensus.startConsensus();
        consensus.produceBlock(List.of());
        ValidatorHandle bob = new ValidatorHandle(consensus, "bob", address("bob"));
        consensus.detectSlashing(bob, Chains.doubleVote(consensus, "bob", key("bob"), 1));
        assertRefused(
                PoSError.INVALID_VALIDATOR_STATUS,
                () -> consensus.secureProduceBlock(List.of()),
                "status of validator " + address("bob"),
                "BANNED, must be ACTIVE");
        // its seat is its own until the epoch ends, and a program may go on with it
        assertEquals(3, consensus.produceBlock(List.of()).height());
    }

    @Test
    void aRuleThatForgetsIsFoundBeforeAnybodySigns() {
        PoSConsensus consensus = Chains.standard()
                .rule("slashing.forgetful", BrokenRules.forgetful())
                .build();
        consensus.startConsensus();
        assertRefused(
                PoSError.BLOCK_SECURITY_VALIDATION_FAILED,
                () -> consensus.secureProduceBlock(List.of()),
                "stateRoot is");
        assertEquals(0, consensus.consensusState().height());
        assertEquals(1, consensus.produceBlock(List.of()).height());
    }

    /** The chain's parts, so that one of them can be taken away. */
    private static final class Parts {
        final TamperedStore store = new TamperedStore();
        final RuleCatalogue catalogue = new RuleCatalogue();
        final EmbeddedChain chain;
        final SecurityCheck check;

        Parts() {
            List<EmbeddedRule> rules = Chains.defaultRules().stream()
                    .map(rule -> EmbeddedRule.of(rule.id(), rule.factory()))
                    .toList();
            rules.forEach(rule -> catalogue.add(new RuleCatalogue.Entry(
                    rule.ref().kind(),
                    rule.ref().id(),
                    rule.ref().version(),
                    rule.ref().digest(),
                    "test",
                    rule.factory())));
            Keys keys = new Keys();
            SortedMap<Address, Long> balances = new TreeMap<>();
            Chains.VALIDATORS.forEach(name -> {
                keys.add(key(name));
                balances.put(address(name), Chains.BALANCE);
            });
            Genesis genesis = new Genesis(
                    "embedded",
                    0,
                    ChainParameters.defaults().with(Chains.config()),
                    balances,
                    Chains.VALIDATORS.stream()
                            .map(name -> new Genesis.GenesisValidator(
                                    address(name),
                                    name,
                                    key(name).publicKey(),
                                    Chains.STAKE,
                                    new Commission(Rate.ZERO, Rate.ZERO, Rate.ZERO, 0)))
                            .toList(),
                    new RuleSet(rules.stream().map(EmbeddedRule::ref).toList()),
                    Hash.ZERO);
            chain = new EmbeddedChain(genesis, catalogue, Chains.SCHEME, store, keys, () -> Chains.START);
            chain.open();
            check = new SecurityCheck(new Ledger(Chains.SCHEME), Chains.SCHEME, catalogue, chain.record());
        }

        FinalityRule finality() {
            return chain.plan().generation().finality();
        }
    }
}
