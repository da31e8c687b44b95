package org.hauptbuch.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Checkpoint;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.block.RollbackVote;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.Equivocation;
import org.hauptbuch.api.net.LinkConfig;
import org.hauptbuch.api.plan.Attestation;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.proof.MerkleTree;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.reward.Accumulator;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.slashing.InvalidProposal;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.api.value.Rate;

/** What {@code api} reads. */
final class ApiDecoders {
    private ApiDecoders() {}

    static List<Decoder> chain() {
        return List.of(
                Decoder.canonical("transaction", Transaction::decode, ApiDecoders::encode, Samples.transactions()),
                Decoder.canonical(
                        "block",
                        Block::decode,
                        ApiDecoders::encode,
                        Samples.emptyBlock().encode(),
                        Samples.block().encode()),
                Decoder.part(
                        "header",
                        PoSError.INVALID_BLOCK,
                        BlockHeader::read,
                        BlockHeader::write,
                        written(Samples.header()::write),
                        written(Samples.header().withDelay(Samples.MESSAGE)::write)),
                Decoder.canonical(
                        "certificate",
                        Certificate::decode,
                        Certificate::encode,
                        Samples.certificate().encode(),
                        Samples.shortCertificate().encode()),
                Decoder.canonical(
                        "vote",
                        Vote::decode,
                        Vote::encode,
                        Arrays.stream(KeyType.values())
                                .map(type -> Samples.vote(VotePhase.PREVOTE, Hash.ZERO, type)
                                        .encode())
                                .toArray(Bytes[]::new)),
                Decoder.canonical(
                        "proposal",
                        Proposal::decode,
                        Proposal::encode,
                        Samples.proposal(1, OptionalInt.empty()).encode(),
                        Samples.proposal(1, OptionalInt.of(2)).encode()),
                Decoder.part(
                        "rollback vote",
                        PoSError.INVALID_BLOCK,
                        RollbackVote::read,
                        RollbackVote::write,
                        written(Samples.rollbackVote()::write)),
                Decoder.part(
                        "rollback certificate",
                        PoSError.INVALID_BLOCK,
                        RollbackCertificate::read,
                        RollbackCertificate::write,
                        written(Samples.rollback()::write)),
                Decoder.canonical(
                        "evidence",
                        Evidence::decode,
                        Evidence::encode,
                        Samples.votes().encode(),
                        Samples.proposals().encode(),
                        Samples.invalidProposal().encode()),
                evidence(Equivocation.VOTES, Samples.votes(), e -> {
                    Equivocation.Pair<Vote> pair = Equivocation.votes(e);
                    return written(out ->
                            out.bytes(pair.first().encode()).bytes(pair.second().encode()));
                }),
                evidence(Equivocation.PROPOSALS, Samples.proposals(), e -> {
                    Equivocation.Pair<Proposal> pair = Equivocation.proposals(e);
                    return written(out ->
                            out.bytes(pair.first().encode()).bytes(pair.second().encode()));
                }),
                evidence(InvalidProposal.HEADER, Samples.invalidProposal(), e -> {
                    InvalidProposal.Offer offer = InvalidProposal.offer(e);
                    return written(out -> out.bytes(offer.proposal().encode()).bytes(written(offer.header()::write)));
                }));
    }

    static List<Decoder> state() {
        Offence offence = new Offence(
                "equivocation",
                "two votes",
                Samples.address(1),
                5,
                Offence.Gravity.ATTACK,
                Optional.of(Samples.hash(1)),
                Optional.of(Samples.address(2)));
        Parameters parameters = Samples.rules().all(RuleKind.SLASHING).get(0).parameters();
        return List.of(
                Decoder.canonical(
                        "validator",
                        Validator::decode,
                        Validator::encode,
                        Samples.validator().encode()),
                Decoder.canonical(
                        "validator set",
                        ValidatorSet::decode,
                        ValidatorSet::encode,
                        Samples.set().encode()),
                Decoder.canonical(
                        "slashing event",
                        SlashingEvent::decode,
                        SlashingEvent::encode,
                        new SlashingEvent(offence, 6, 7, Samples.rate("5%"), 8, 9, true, 10).encode()),
                Decoder.canonical(
                        "rule set",
                        RuleSet::decode,
                        RuleSet::encode,
                        Samples.rules().encode()),
                Decoder.canonical(
                        "rule plan",
                        RulePlan::decode,
                        RulePlan::encode,
                        Samples.plan().encode()),
                Decoder.part(
                        "attestation",
                        PoSError.INVALID_TRANSACTION,
                        Attestation::read,
                        Attestation::write,
                        written(Samples.attestation()::write)),
                Decoder.part(
                        "rule parameters",
                        PoSError.INVALID_TRANSACTION,
                        Parameters::read,
                        Parameters::write,
                        written(parameters::write),
                        written(Parameters.NONE::write)),
                Decoder.part(
                        "public key",
                        PoSError.INVALID_TRANSACTION,
                        in -> in.publicKey("key"),
                        (key, out) -> out.fixed(key.encoded()),
                        Arrays.stream(KeyType.values())
                                .map(type -> Samples.key(type).encoded())
                                .toArray(Bytes[]::new)),
                Decoder.part(
                        "text in an encoding",
                        PoSError.INVALID_TRANSACTION,
                        in -> in.string("text", 100),
                        (text, out) -> out.string(text),
                        written(out -> out.string("grüße"))),
                Decoder.part(
                        "accumulator",
                        PoSError.INVALID_TRANSACTION,
                        Accumulator::read,
                        Accumulator::write,
                        written(Accumulator.ZERO::write)));
    }

    static List<Decoder> proofs() {
        StateProof present = new StateProof(
                Samples.MESSAGE, Optional.of(Samples.MESSAGE), Optional.empty(), List.of(Samples.hash(1)));
        StateProof.Leaf other = new StateProof.Leaf(Samples.hash(1), Samples.hash(2));
        StateProof absent =
                new StateProof(Samples.MESSAGE, Optional.empty(), Optional.of(other), List.of(Samples.hash(1)));
        return List.of(
                Decoder.canonical(
                        "state proof",
                        encoded -> {
                            StateProof proof = StateProof.decode(encoded);
                            if (proof.verify(Samples.hash(0))) {
                                throw new AssertionError("proves against a root that it does not know");
                            }
                            return proof;
                        },
                        StateProof::encode,
                        present.encode(),
                        absent.encode()),
                Decoder.of(
                        "merkle inclusion",
                        PoSException.class,
                        encoded -> {
                            Reader in = new Reader(encoded, PoSError.SECURITY_VALIDATION_FAILED);
                            long index = in.u64("index") - 5;
                            long size = in.u64("size") - 5;
                            List<Hash> proof = in.list("proof", 256, r -> r.hash("proof"));
                            if (MerkleTree.verifyInclusion(Samples.hash(1), index, size, proof, Samples.hash(0))) {
                                throw new AssertionError("proves against a root that it does not know");
                            }
                        },
                        written(out -> out.u64(6).u64(8).list(List.of(Samples.hash(2)), (w, h) -> w.fixed(h.bytes()))),
                        written(out -> out.u64(Long.MAX_VALUE)
                                .u64(Long.MAX_VALUE)
                                .list(List.of(Samples.hash(2)), (w, h) -> w.fixed(h.bytes())))),
                Decoder.of(
                        "merkle consistency",
                        PoSException.class,
                        encoded -> {
                            Reader in = new Reader(encoded, PoSError.SECURITY_VALIDATION_FAILED);
                            long oldSize = in.u64("oldSize") - 5;
                            long newSize = in.u64("newSize") - 5;
                            List<Hash> proof = in.list("proof", 256, r -> r.hash("proof"));
                            if (MerkleTree.verifyConsistency(oldSize, Samples.hash(1), newSize, Samples.hash(0), proof)
                                    && oldSize != 0) {
                                throw new AssertionError("proves against roots that it does not know");
                            }
                        },
                        written(out ->
                                out.u64(8).u64(12).list(List.of(Samples.hash(2)), (w, h) -> w.fixed(h.bytes())))));
    }

    static List<Decoder> texts() {
        String key = Samples.key(KeyType.ED25519).toString();
        return List.of(
                Decoder.text("rate text", Rate::parse, Rate::toString, "5%", "0.05", "1", "1e-2", "100.0000%"),
                Decoder.text("hexadecimal text", Bytes::fromHex, Bytes::hex, "", "00ff"),
                Decoder.text(
                        "hash text",
                        Hash::fromHex,
                        Hash::toString,
                        Samples.hash(1).toString()),
                Decoder.text(
                        "address text",
                        Address::fromHex,
                        Address::toString,
                        Samples.address(1).toString()),
                Decoder.text("public key text", PublicKey::fromHex, PublicKey::toString, key),
                Decoder.text("key type text", KeyType::ofLabel, KeyType::label, "ed25519", "ml-dsa-65", "hybrid"),
                Decoder.text(
                        "checkpoint text",
                        Checkpoint::parse,
                        Checkpoint::toString,
                        new Checkpoint(20, Samples.hash(1)).toString()),
                Decoder.text(
                        "host and port text",
                        LinkConfig::hostAndPort,
                        entry -> entry.getKey() + ":" + entry.getValue(),
                        "127.0.0.1:27001",
                        "[::1]:5"),
                Decoder.of(
                        "rule parameter texts",
                        PoSException.class,
                        in -> {
                            String text = Decoder.utf8OrEmpty(in);
                            Parameters parameters = Parameters.of(new java.util.TreeMap<>(java.util.Map.of("p", text)));
                            long whole = parameters.whole("p", 1, 0, 1_000);
                            if (whole < 0 || whole > 1_000) {
                                throw new AssertionError(whole + " is out of range");
                            }
                        },
                        Decoder.text("500")));
    }

    /** What {@code writer} writes. */
    static Bytes written(java.util.function.Consumer<Writer> writer) {
        Writer out = new Writer();
        writer.accept(out);
        return out.toBytes();
    }

    /** Encoded from its fields: a transaction that was decoded remembers the bytes. */
    private static Bytes encode(Transaction transaction) {
        return afresh(transaction).encode();
    }

    private static Bytes encode(Block block) {
        return new Block(
                        block.header(),
                        block.lastCertificate(),
                        block.rollback(),
                        block.evidence(),
                        block.transactions().stream().map(ApiDecoders::afresh).toList())
                .encode();
    }

    private static Transaction afresh(Transaction transaction) {
        return transaction.signed(transaction.signature());
    }

    /** The payload of evidence, which only those who judge it read. */
    private static Decoder evidence(
            String type, Evidence sample, java.util.function.Function<Evidence, Bytes> writtenAgain) {
        return Decoder.canonical(
                type,
                payload -> new Evidence(type, sample.offender(), sample.height(), payload),
                writtenAgain,
                sample.payload());
    }
}
