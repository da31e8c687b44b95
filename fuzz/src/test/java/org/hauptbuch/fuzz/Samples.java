package org.hauptbuch.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.block.RollbackVote;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Commission;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorMetrics;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.finality.Equivocation;
import org.hauptbuch.api.plan.Attestation;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.slashing.InvalidProposal;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.crypto.bc.BouncyCastleScheme;
import org.hauptbuch.ledger.Genesis;

/** Values that encode to what decoders take. The same in every run. */
final class Samples {
    static final String CHAIN = "fuzz-1";
    static final SignatureScheme SCHEME = new BouncyCastleScheme();
    static final Bytes MESSAGE = Bytes.fromHex("68656c6c6f");

    private static final Map<KeyType, Signer> SIGNERS = new EnumMap<>(KeyType.class);

    static {
        for (KeyType type : KeyType.values()) {
            byte[] secret = new byte[type.secretLength()];
            Arrays.fill(secret, (byte) (7 * type.code()));
            SIGNERS.put(type, SCHEME.signer(type, Bytes.of(secret)));
        }
    }

    private Samples() {}

    static Signer signer(KeyType type) {
        return SIGNERS.get(type);
    }

    static PublicKey key(KeyType type) {
        return signer(type).publicKey();
    }

    static Hash hash(int number) {
        return new Writer().u32(number).sha256();
    }

    static Address address(int number) {
        return new Address(Bytes.of(hash(number).toArray(), 0, Address.LENGTH));
    }

    static Rate rate(String text) {
        return Rate.parse(text);
    }

    static RuleSet rules() {
        Parameters parameters = Parameters.of(new TreeMap<>(Map.of("window", "100", "share", "5%")));
        return new RuleSet(Arrays.stream(RuleKind.values())
                .map(kind -> new RuleRef(
                        kind,
                        kind.text() + ".one",
                        "0.1.0",
                        hash(kind.ordinal()),
                        kind.isMany() ? parameters : Parameters.NONE))
                .toList());
    }

    static RulePlan plan() {
        return new RulePlan(address(1), hash(1), rules(), RulePlan.DEFAULT_READY, 5, 7, hash(2), hash(3));
    }

    static Attestation attestation() {
        return Attestation.of(CHAIN, hash(1), hash(2), hash(3), address(4), signer(KeyType.ED25519));
    }

    static Vote vote(VotePhase phase, Hash block, KeyType type) {
        Bytes message = Vote.signBytes(CHAIN, phase, 8, 1, block);
        return new Vote(phase, 8, 1, block, address(type.code()), signer(type).sign(message));
    }

    static Certificate certificate() {
        return Certificate.of(List.of(
                vote(VotePhase.PRECOMMIT, hash(9), KeyType.ED25519),
                vote(VotePhase.PRECOMMIT, hash(9), KeyType.HYBRID)));
    }

    static Certificate shortCertificate() {
        return Certificate.of(List.of(vote(VotePhase.FINALIZE, hash(9), KeyType.ED25519)));
    }

    static RollbackVote rollbackVote() {
        return RollbackVote.of(CHAIN, 8, hash(1), hash(2), address(1), signer(KeyType.ED25519));
    }

    static RollbackCertificate rollback() {
        return RollbackCertificate.of(List.of(rollbackVote()));
    }

    static Proposal proposal(int block, OptionalInt validRound) {
        Bytes message = Proposal.signBytes(CHAIN, 8, 3, validRound, hash(block));
        return new Proposal(
                8,
                3,
                validRound,
                hash(block),
                address(1),
                signer(KeyType.ED25519).sign(message));
    }

    static BlockHeader header() {
        return new BlockHeader(
                CHAIN,
                8,
                1,
                2,
                hash(1),
                1_700_000_000_000L,
                address(1),
                hash(2),
                hash(3),
                hash(4),
                hash(5),
                hash(6),
                signer(KeyType.ED25519).prove(BlockHeader.revealBytes(CHAIN, hash(8), 8, 0)),
                hash(7));
    }

    /** A header that names {@code set}. */
    static BlockHeader headerOf(ValidatorSet set) {
        BlockHeader any = header();
        return new BlockHeader(
                CHAIN,
                8,
                1,
                2,
                hash(1),
                any.timeMillis(),
                address(1),
                hash(2),
                hash(3),
                hash(4),
                set.root(),
                hash(6),
                any.reveal(),
                hash(7));
    }

    /** Votes of all of {@link #set} for {@code block}. */
    static Certificate certificateOf(Hash block) {
        return Certificate.of(Arrays.stream(KeyType.values())
                .map(type -> vote(VotePhase.PRECOMMIT, block, type))
                .toList());
    }

    /** Votes of all of {@code set} to go back. */
    static RollbackCertificate rollbackOf(ValidatorSet set) {
        return RollbackCertificate.of(Arrays.stream(KeyType.values())
                .map(type -> RollbackVote.of(CHAIN, 8, hash(1), hash(2), address(type.code()), signer(type)))
                .filter(vote -> set.contains(vote.validator()))
                .toList());
    }

    static Evidence votes() {
        return Equivocation.of(
                vote(VotePhase.PREVOTE, hash(1), KeyType.ED25519), vote(VotePhase.PREVOTE, hash(2), KeyType.ED25519));
    }

    static Evidence proposals() {
        return Equivocation.of(proposal(1, OptionalInt.empty()), proposal(2, OptionalInt.of(1)));
    }

    static Evidence invalidProposal() {
        return InvalidProposal.of(proposal(1, OptionalInt.empty()), header());
    }

    static List<Payload> payloads() {
        PublicKey key = key(KeyType.ED25519);
        Bytes proof = signer(KeyType.ED25519).sign(MESSAGE);
        return List.of(
                new Payload.Transfer(address(1), 5),
                new Payload.RegisterValidator("alice", key, proof, rate("5%"), rate("20%"), rate("1%"), 1_000_000),
                new Payload.EditValidator(rate("6%")),
                new Payload.RotateKey(key, proof),
                new Payload.Stake(5),
                new Payload.Unstake(5),
                new Payload.Delegate(address(1), 5),
                new Payload.Undelegate(address(1), 5),
                new Payload.Redelegate(address(1), address(2), 5),
                new Payload.WithdrawRewards(address(1)),
                new Payload.Unjail(),
                new Payload.SubmitEvidence(votes()),
                new Payload.ProposeRules(plan(), List.of(attestation())),
                new Payload.AttestRules(attestation()),
                new Payload.CancelRules(hash(1)));
    }

    static Transaction transaction(Payload payload, KeyType type) {
        Transaction unsigned = new Transaction(CHAIN, key(type), 1, 1_000, 500_000, 99, payload, Bytes.EMPTY);
        return unsigned.signed(signer(type).sign(unsigned.signBytes()));
    }

    static Bytes[] transactions() {
        List<Bytes> all = new ArrayList<>(payloads().stream()
                .map(payload -> transaction(payload, KeyType.ED25519).encode())
                .toList());
        for (KeyType type : KeyType.values()) {
            all.add(transaction(new Payload.Stake(5), type).encode());
        }
        return all.toArray(Bytes[]::new);
    }

    static Block emptyBlock() {
        return new Block(header(), Optional.empty(), List.of(), List.of());
    }

    static Block block() {
        return new Block(
                header(),
                Optional.of(shortCertificate()),
                Optional.of(rollback()),
                List.of(votes()),
                List.of(transaction(new Payload.Stake(5), KeyType.ED25519)));
    }

    static ValidatorSet set() {
        return ValidatorSet.of(Arrays.stream(KeyType.values())
                .map(type -> new ValidatorSet.Member(address(type.code()), key(type), 100))
                .toList());
    }

    static Validator validator() {
        return new Validator(
                address(1),
                "alice",
                key(KeyType.ED25519),
                ValidatorStatus.SLASHED,
                new Pool(100, 90),
                new Commission(rate("5%"), rate("20%"), rate("1%"), 1_700_000_000_000L),
                7,
                new ValidatorMetrics(1, 2, 3, 4, 5));
    }

    static Genesis genesis() {
        TreeMap<Address, Long> balances = new TreeMap<>(Map.of(address(1), 1_000_000_000L));
        Commission commission = new Commission(rate("5%"), rate("20%"), rate("1%"), 1_700_000_000_000L);
        return new Genesis(
                CHAIN,
                1_700_000_000_000L,
                ChainParameters.defaults(),
                balances,
                List.of(new Genesis.GenesisValidator(
                        address(1), "alice", key(KeyType.HYBRID), 1_000_000_000L, commission)),
                rules(),
                hash(1));
    }
}
