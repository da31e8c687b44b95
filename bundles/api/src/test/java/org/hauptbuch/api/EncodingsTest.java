package org.hauptbuch.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.block.RollbackVote;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.Commission;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorMetrics;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.Equivocation;
import org.hauptbuch.api.plan.Attestation;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.PayloadType;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.api.value.Rate;
import org.junit.jupiter.api.Test;

/** Every value that travels has one encoding: it comes back equal, and no damaged encoding reads as the same value. */
class EncodingsTest {
    private static final PublicKey KEY = new PublicKey(KeyType.ED25519, Bytes.fromHex("11".repeat(32)));
    private static final Address ALICE = Address.of(KEY);
    private static final Address BOB = Address.fromHex("b0".repeat(20));
    private static final Hash HASH = Hash.sha256(new byte[] {1});
    private static final Bytes SIGNATURE = Bytes.fromHex("5a".repeat(64));
    private static final Bytes REVEAL = Bytes.fromHex("6b".repeat(80));
    private static final Evidence EVIDENCE = new Evidence("equivocation.votes", BOB, 7, Bytes.fromHex("00ff"));
    private static final RuleRef RULE = new RuleRef(
            RuleKind.SLASHING, "slashing.downtime", "0.1.0", HASH, Parameters.of(Map.of("window", "20", "a", "b")));

    private static List<Payload> payloads() {
        return List.of(
                new Payload.Transfer(BOB, 5),
                new Payload.RegisterValidator(
                        "erin", KEY, SIGNATURE, new Rate(1), new Rate(200_000), new Rate(10_000), 1_000_000),
                new Payload.EditValidator(new Rate(3)),
                new Payload.RotateKey(KEY, SIGNATURE),
                new Payload.Stake(1),
                new Payload.Unstake(2),
                new Payload.Delegate(BOB, 3),
                new Payload.Undelegate(BOB, 4),
                new Payload.Redelegate(ALICE, BOB, 5),
                new Payload.WithdrawRewards(BOB),
                new Payload.Unjail(),
                new Payload.SubmitEvidence(EVIDENCE),
                new Payload.ProposeRules(plan(), List.of(attestation(ALICE), attestation(BOB))),
                new Payload.AttestRules(attestation(BOB)),
                new Payload.CancelRules(HASH));
    }

    private static RulePlan plan() {
        return new RulePlan(ALICE, HASH, ruleSet(), RulePlan.DEFAULT_READY, 3, 5, HASH, Hash.ZERO);
    }

    private static Attestation attestation(Address validator) {
        return new Attestation(plan().id(), ruleSet().id(), Hash.ZERO, validator, SIGNATURE);
    }

    private static RollbackCertificate rollback() {
        return RollbackCertificate.of(List.of(
                new RollbackVote(7, HASH, Hash.ZERO, BOB, SIGNATURE),
                new RollbackVote(7, HASH, Hash.ZERO, ALICE, SIGNATURE)));
    }

    private static Transaction transaction(Payload payload) {
        return new Transaction("devnet-1", KEY, 3, 10, 500_000, 99, payload, SIGNATURE);
    }

    private static Certificate certificate() {
        return Certificate.of(List.of(
                new Vote(VotePhase.PRECOMMIT, 6, 1, HASH, BOB, SIGNATURE),
                new Vote(VotePhase.PRECOMMIT, 6, 1, HASH, ALICE, SIGNATURE)));
    }

    private static Block block() {
        BlockHeader header = new BlockHeader(
                "devnet-1",
                7,
                0,
                0,
                HASH,
                1234,
                ALICE,
                HASH,
                HASH,
                HASH,
                HASH,
                HASH,
                REVEAL,
                certificate().digest());
        return new Block(
                header,
                Optional.of(certificate()),
                Optional.of(rollback()),
                List.of(EVIDENCE),
                payloads().stream().map(EncodingsTest::transaction).toList());
    }

    @Test
    void everyPayloadHasACaseHere() {
        assertEquals(PayloadType.values().length, payloads().size());
    }

    @Test
    void everyEncodingIsCanonical() {
        for (Payload payload : payloads()) {
            Transaction transaction = transaction(payload);
            canonical(transaction, transaction.encode(), Transaction::decode);
        }
        Block block = block();
        canonical(block, block.encode(), Block::decode);
        Vote vote = new Vote(VotePhase.PREVOTE, 7, 2, Hash.ZERO, ALICE, SIGNATURE);
        canonical(vote, vote.encode(), Vote::decode);
        Proposal proposal = new Proposal(7, 2, OptionalInt.of(1), HASH, ALICE, SIGNATURE);
        canonical(proposal, proposal.encode(), Proposal::decode);
        canonical(certificate(), certificate().encode(), Certificate::decode);
        canonical(EVIDENCE, EVIDENCE.encode(), Evidence::decode);
        ValidatorSet set =
                ValidatorSet.of(List.of(new ValidatorSet.Member(BOB, KEY, 5), new ValidatorSet.Member(ALICE, KEY, 4)));
        canonical(set, set.encode(), ValidatorSet::decode);
        Validator validator = new Validator(
                ALICE,
                "alice",
                KEY,
                ValidatorStatus.ACTIVE,
                new Pool(10, 9),
                new Commission(new Rate(1), new Rate(9), new Rate(2), 77),
                0,
                new ValidatorMetrics(1, 2, 3, 4, 5));
        canonical(validator, validator.encode(), Validator::decode);
        canonical(ruleSet(), ruleSet().encode(), RuleSet::decode);
        canonical(plan(), plan().encode(), RulePlan::decode);
        written(attestation(BOB), Attestation::write, Attestation::read);
        written(new RollbackVote(7, HASH, Hash.ZERO, BOB, SIGNATURE), RollbackVote::write, RollbackVote::read);
        written(rollback(), RollbackCertificate::write, RollbackCertificate::read);
    }

    @Test
    void aBlockWithoutARollbackIsAnotherEncoding() {
        Block with = block();
        Block without = new Block(with.header(), with.lastCertificate(), List.of(EVIDENCE), with.transactions());
        assertEquals(without, Block.decode(without.encode()));
        assertNotEquals(with.encode(), without.encode());
    }

    @Test
    void everyFieldOfAPlanIsInItsId() {
        RulePlan p = plan();
        RuleSet to = p.to().apply(new RuleChange(RuleChange.Operation.REMOVE, RULE));
        List<RulePlan> others = List.of(
                new RulePlan(BOB, HASH, p.to(), p.leastReady(), 3, 5, HASH, Hash.ZERO),
                new RulePlan(ALICE, Hash.ZERO, p.to(), p.leastReady(), 3, 5, HASH, Hash.ZERO),
                new RulePlan(ALICE, HASH, to, p.leastReady(), 3, 5, HASH, Hash.ZERO),
                new RulePlan(ALICE, HASH, p.to(), RulePlan.LEAST_READY, 3, 5, HASH, Hash.ZERO),
                new RulePlan(ALICE, HASH, p.to(), p.leastReady(), 4, 5, HASH, Hash.ZERO),
                new RulePlan(ALICE, HASH, p.to(), p.leastReady(), 3, 6, HASH, Hash.ZERO),
                new RulePlan(ALICE, HASH, p.to(), p.leastReady(), 3, 5, Hash.ZERO, Hash.ZERO),
                new RulePlan(ALICE, HASH, p.to(), p.leastReady(), 3, 5, HASH, HASH));
        others.forEach(other -> assertNotEquals(p.id(), other.id()));
        assertEquals(p.id(), plan().id());
    }

    @Test
    void whatIsOutOfRangeInsideATransactionIsAnInvalidTransaction() {
        byte[] noRules = new Writer().u32(0).toArray();
        Writer plan = new Writer()
                .fixed(ALICE.bytes())
                .fixed(HASH.bytes())
                .bytes(Bytes.of(noRules))
                .u32(800_000);
        plan.u64(3).u64(5).fixed(HASH.bytes()).fixed(HASH.bytes());
        refused("plan.to", new Writer().u8(PayloadType.PROPOSE_RULES.code()).fixed(plan.toArray()));

        Writer tooMany = new Writer().u8(PayloadType.PROPOSE_RULES.code());
        plan().write(tooMany);
        refused("attestations", tooMany.u32(ValidatorSet.MAX_MEMBERS + 1));

        Writer longRules = new Writer()
                .u8(PayloadType.PROPOSE_RULES.code())
                .fixed(ALICE.bytes())
                .fixed(HASH.bytes());
        refused("plan.to", longRules.u32(65_537));

        Writer attestation = new Writer().u8(PayloadType.ATTEST_RULES.code());
        attestation.fixed(HASH.bytes()).fixed(HASH.bytes()).fixed(HASH.bytes()).fixed(BOB.bytes());
        refused(
                "attestation.signature is 65 bytes, must be 64 bytes (ED25519) or 3309 bytes (ML_DSA_65) or 3373 bytes"
                        + " (HYBRID)",
                attestation.u32(65));
    }

    @Test
    void aSignatureHasTheLengthOfItsKeysType() {
        for (KeyType type : KeyType.values()) {
            PublicKey key = new PublicKey(type, Bytes.of(new byte[type.keyLength()]));
            for (KeyType other : KeyType.values()) {
                Bytes signature = Bytes.of(new byte[other.signatureLength()]);
                Transaction transaction = new Transaction(
                        "devnet-1", key, 3, 10, 500_000, 99, new Payload.RotateKey(key, signature), signature);
                if (type == other) {
                    canonical(transaction, transaction.encode(), Transaction::decode);
                    continue;
                }
                String range =
                        other.signatureLength() + " bytes, must be " + type.signatureLength() + " bytes (" + type + ")";
                refusedWith("proof is " + range, transaction);
                refusedWith(
                        "signature is " + range,
                        new Transaction("devnet-1", key, 3, 10, 500_000, 99, new Payload.Unjail(), signature));
            }
        }
    }

    private static void refusedWith(String detail, Transaction transaction) {
        PoSException e = assertThrows(PoSException.class, () -> Transaction.decode(transaction.encode()));
        assertEquals(PoSError.INVALID_TRANSACTION, e.error());
        assertTrue(e.getMessage().contains(detail), e.getMessage());
    }

    @Test
    void aRollbackOfTooManyVotersIsRefused() {
        Writer out = new Writer().u64(7).fixed(HASH.bytes()).fixed(HASH.bytes()).u32(ValidatorSet.MAX_MEMBERS + 1);
        PoSException e = assertThrows(
                PoSException.class, () -> RollbackCertificate.read(new Reader(out.toArray(), PoSError.INVALID_BLOCK)));
        assertEquals(PoSError.INVALID_BLOCK, e.error());
        assertTrue(e.getMessage().contains("rollback.signatures"), e.getMessage());
    }

    private static void refused(String field, Writer payload) {
        Writer out = new Writer().string("devnet-1").fixed(KEY.encoded());
        out.u64(3).u64(10).u64(500_000).u64(99).fixed(payload.toArray());
        PoSException e = assertThrows(PoSException.class, () -> Transaction.decode(out.toBytes()));
        assertEquals(PoSError.INVALID_TRANSACTION, e.error(), e.getMessage());
        assertTrue(e.getMessage().contains(field), e.getMessage());
    }

    @Test
    void aHeaderNamesEveryFieldInItsHash() {
        BlockHeader header = block().header();
        assertNotEquals(header.hash(), header.withStateRoot(Hash.ZERO).hash());
        assertEquals(header.hash(), header.withStateRoot(header.stateRoot()).hash());
        assertNotEquals(header.hash(), header.withDelay(SIGNATURE).hash());
        assertEquals(
                header.hash(),
                header.withDelay(SIGNATURE).withDelay(Bytes.EMPTY).hash());
    }

    @Test
    void aDelayIsReadBackAndBounded() {
        BlockHeader most = block().header().withDelay(Bytes.of(new byte[BlockHeader.MAX_DELAY]));
        assertEquals(most, BlockHeader.read(new Reader(encoded(most), PoSError.INVALID_BLOCK)));
        BlockHeader over = most.withDelay(Bytes.of(new byte[BlockHeader.MAX_DELAY + 1]));
        PoSException e = assertThrows(
                PoSException.class, () -> BlockHeader.read(new Reader(encoded(over), PoSError.INVALID_BLOCK)));
        assertTrue(e.getMessage().contains("header.delay"), e.getMessage());
    }

    @Test
    void aRevealHasTheLengthOfAProof() {
        for (int length : new int[] {0, 64, 79, 81}) {
            Bytes header = encoded(block().header());
            Bytes delay = block().header().delay();
            int at = header.length() - 4 - delay.length() - Hash.LENGTH - 4 - REVEAL.length();
            Writer wrong = new Writer()
                    .fixed(Bytes.of(header.toArray(), 0, at))
                    .bytes(Bytes.of(new byte[length]))
                    .fixed(HASH.bytes())
                    .bytes(delay);
            PoSException e = assertThrows(
                    PoSException.class, () -> BlockHeader.read(new Reader(wrong.toBytes(), PoSError.INVALID_BLOCK)));
            assertTrue(e.getMessage().contains("header.reveal is " + length + " bytes, must be "), e.getMessage());
        }
    }

    private static Bytes encoded(BlockHeader header) {
        Writer out = new Writer();
        header.write(out);
        return out.toBytes();
    }

    @Test
    void aRuleSetHasOneRuleOfEachKindAndAnIdOfItsOwn() {
        RuleSet set = ruleSet();
        RuleRef other = new RuleRef(RuleKind.SELECTION, "selection.other", "1.0.0", HASH, Parameters.NONE);
        RuleSet changed = set.apply(new RuleChange(RuleChange.Operation.ADOPT, other));
        assertEquals("selection.other", changed.only(RuleKind.SELECTION).id());
        assertNotEquals(set.id(), changed.id());
        RuleRef back = set.only(RuleKind.SELECTION);
        assertEquals(set, changed.apply(new RuleChange(RuleChange.Operation.ADOPT, back)));
        assertEquals(
                0,
                set.apply(new RuleChange(RuleChange.Operation.REMOVE, RULE))
                        .all(RuleKind.SLASHING)
                        .size());
        assertThrows(PoSException.class, () -> set.apply(new RuleChange(RuleChange.Operation.REMOVE, back)));
        assertThrows(PoSException.class, () -> new RuleSet(List.of()));
        List<RuleRef> twice = new ArrayList<>(set.rules());
        twice.add(RULE);
        assertThrows(PoSException.class, () -> new RuleSet(twice));
    }

    @Test
    void equivocationIsTheSameWhicheverIsNamedFirst() {
        Vote a = new Vote(VotePhase.PREVOTE, 7, 2, Hash.ZERO, ALICE, SIGNATURE);
        Vote b = new Vote(VotePhase.PREVOTE, 7, 2, HASH, ALICE, SIGNATURE);
        assertEquals(Equivocation.of(a, b).id(), Equivocation.of(b, a).id());
        assertThrows(PoSException.class, () -> Equivocation.votes(Equivocation.of(a, a)));
    }

    @Test
    void aPenalty() {
        Offence offence = new Offence(
                "slashing.x", "a reason", ALICE, 7, Offence.Gravity.ATTACK, Optional.of(HASH), Optional.of(ALICE));
        SlashingEvent event = new SlashingEvent(offence, 9, 1_000, new Rate(50_000), 45, 5, true, 0);
        canonical(event, event.encode(), SlashingEvent::decode);
    }

    static RuleSet ruleSet() {
        List<RuleRef> rules = new ArrayList<>();
        for (RuleKind kind : RuleKind.values()) {
            rules.add(kind.isMany() ? RULE : new RuleRef(kind, kind.text() + ".x", "0.1.0", HASH, Parameters.NONE));
        }
        return new RuleSet(rules);
    }

    private static <T> void written(T value, BiConsumer<T, Writer> write, Function<Reader, T> read) {
        Writer out = new Writer();
        write.accept(value, out);
        canonical(value, out.toBytes(), encoded -> {
            Reader in = new Reader(encoded, PoSError.INVALID_BLOCK);
            T decoded = read.apply(in);
            in.end();
            return decoded;
        });
    }

    private static <T> void canonical(T value, Bytes encoded, Function<Bytes, T> decode) {
        assertEquals(value, decode.apply(encoded));
        byte[] array = encoded.toArray();
        for (int length = 0; length < array.length; length += Math.max(1, array.length / 200)) {
            Bytes cut = Bytes.of(array, 0, length);
            assertThrows(PoSException.class, () -> decode.apply(cut), "cut to " + length);
        }
        assertThrows(PoSException.class, () -> decode.apply(Bytes.fromHex(encoded.hex() + "00")), "one byte more");
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            byte[] damaged = array.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                if (decode.apply(Bytes.of(damaged)).equals(value)) {
                    fail("seed " + seed + ", case " + i + ": a damaged encoding reads as the same value");
                }
            } catch (PoSException e) {
                // refused, and said why
                assertNotEquals("", e.getMessage());
            } catch (IllegalArgumentException e) {
                fail("seed " + seed + ", case " + i + ": not refused as an error of the specification: " + e);
            }
        }
    }
}
