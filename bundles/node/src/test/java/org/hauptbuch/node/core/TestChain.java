package org.hauptbuch.node.core;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Commission;
import org.hauptbuch.api.chain.GasSchedule;
import org.hauptbuch.api.chain.PoSConsensusConfig;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.plan.Attestation;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.crypto.bc.BouncyCastleScheme;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.ledger.LedgerView;

/** A small chain: alice, bob, carol and dave validate with 10 million units each. */
public final class TestChain {
    public static final List<String> NAMES = List.of("alice", "bob", "carol", "dave");
    public static final SignatureScheme SCHEME = new BouncyCastleScheme();
    public static final long START_MILLIS = 1_700_000_000_000L;
    public static final long BLOCK_TIME = 1_000;
    public static final Signer FAUCET = account("faucet");

    private TestChain() {}

    /** The operator's key of a validator, or the key of another account. */
    public static Signer account(String name) {
        return SCHEME.signer(
                KeyType.ED25519, TestRules.digest("account " + name).bytes());
    }

    /** The consensus key of a validator. */
    public static Signer consensus(String name) {
        return SCHEME.signer(
                KeyType.ED25519, TestRules.digest("consensus " + name).bytes());
    }

    public static Address address(String name) {
        return Address.of(account(name).publicKey());
    }

    public static ChainParameters parameters() {
        return new ChainParameters(
                new PoSConsensusConfig(1_000_000, 100, BLOCK_TIME, 5, new Rate(50_000), false, true),
                3,
                100,
                100_000,
                100,
                1,
                20_000_000_000L,
                1 << 20,
                GasSchedule.SPECIFICATION);
    }

    public static Genesis genesis() {
        return genesis("devnet-test", NAMES);
    }

    public static Genesis genesis(String chainId, List<String> validators) {
        SortedMap<Address, Long> balances = new TreeMap<>();
        NAMES.forEach(name -> balances.put(address(name), 1_000_000_000L));
        balances.put(address("faucet"), 1_000_000_000L);
        Commission commission = new Commission(new Rate(100_000), new Rate(200_000), new Rate(10_000), START_MILLIS);
        List<Genesis.GenesisValidator> all = new ArrayList<>();
        validators.forEach(name -> all.add(new Genesis.GenesisValidator(
                address(name), name, consensus(name).publicKey(), 10_000_000, commission)));
        return new Genesis(
                chainId, START_MILLIS, parameters(), balances, all, TestRules.defaultSet(), Hash.sha256(new byte[] {1
                }));
    }

    /** A plan for the next epoch with the attestations of these validators. */
    public static Payload.ProposeRules plan(LedgerView view, RuleSet to, List<String> ready) {
        RulePlan plan = new RulePlan(
                address("alice"),
                view.ruleSet().id(),
                to,
                RulePlan.DEFAULT_READY,
                view.epoch(),
                view.epoch() + 1,
                view.ruleSet().id(),
                Hash.sha256(new byte[] {2}));
        return new Payload.ProposeRules(
                plan,
                ready.stream()
                        .map(name -> Attestation.of(
                                view.chainId(), plan.id(), to.id(), plan.selfTest(), address(name), consensus(name)))
                        .toList());
    }

    public static Transaction transfer(String from, String to, long amount, long nonce) {
        return signed(from, new Payload.Transfer(address(to), amount), nonce, 10);
    }

    public static Transaction signed(String from, Payload payload, long nonce, long fee) {
        Signer signer = account(from);
        Transaction unsigned = new Transaction(
                "devnet-test",
                signer.publicKey(),
                nonce,
                fee,
                10_000_000,
                1_000_000,
                payload,
                org.hauptbuch.api.value.Bytes.EMPTY);
        return unsigned.signed(signer.sign(unsigned.signBytes()));
    }
}
