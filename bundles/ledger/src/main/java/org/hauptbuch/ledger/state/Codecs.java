package org.hauptbuch.ledger.state;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.GasSchedule;
import org.hauptbuch.api.chain.PoSConsensusConfig;
import org.hauptbuch.api.chain.Redelegation;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Unbonding;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.reward.Accumulator;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.Account;

/** The encodings of what the state holds. */
public final class Codecs {
    private static final int MAX_RULE_SET = 1 << 20;

    static final Codec<Account> ACCOUNT = Codec.fields(
            16,
            (out, a) -> out.u64(a.balance()).u64(a.nonce()),
            in -> new Account(in.u64("account.balance"), in.u64("account.nonce")));

    static final Codec<Long> NUMBER = Codec.fields(8, Writer::u64, in -> in.u64("number"));

    static final Codec<Address> ADDRESS =
            Codec.fields(Address.LENGTH, (out, a) -> out.fixed(a.bytes()), in -> in.address("address"));

    static final Codec<Hash> HASH = Codec.fields(Hash.LENGTH, (out, h) -> out.fixed(h.bytes()), in -> in.hash("hash"));

    static final Codec<Bytes> RAW = Codec.of(bytes -> bytes, bytes -> bytes);

    static final Codec<Validator> VALIDATOR = Codec.of(Validator::encode, Validator::decode);

    static final Codec<ValidatorSet> VALIDATOR_SET = Codec.of(ValidatorSet::encode, ValidatorSet::decode);

    static final Codec<RuleSet> RULE_SET = Codec.of(RuleSet::encode, RuleSet::decode);

    static final Codec<PlanRecord> PLAN = Codec.fields(2048, Codecs::writePlan, Codecs::readPlan);

    static final Codec<Fallback> FALLBACK = Codec.fields(
            48,
            (out, f) -> out.fixed(f.set().bytes()).u64(f.plan()).u64(f.firstHeight()),
            in -> new Fallback(in.hash("fallback.set"), in.u64("fallback.plan"), in.u64("fallback.firstHeight")));

    static final Codec<RolledBack> ROLLED_BACK = Codec.fields(
            1024,
            (out, r) -> out.u64(r.height()).bytes(r.before().encode()),
            in -> new RolledBack(
                    in.u64("rolledBack.height"), RuleSet.decode(in.bytes("rolledBack.before", MAX_RULE_SET))));

    static final Codec<Share> SHARE = Codec.fields(
            8 + Accumulator.LENGTH,
            (out, s) -> s.entry().write(out.u64(s.shares())),
            in -> new Share(in.u64("share.shares"), Accumulator.read(in)));

    static final Codec<PoolRewards> POOL_REWARDS = Codec.fields(
            16 + Accumulator.LENGTH,
            (out, r) -> r.accumulator().write(out.u64(r.undrawn()).u64(r.commission())),
            in -> {
                long undrawn = in.u64("rewards.undrawn");
                long commission = in.u64("rewards.commission");
                return new PoolRewards(Accumulator.read(in), undrawn, commission);
            });

    static final Codec<Head> HEAD = Codec.fields(
            64,
            (out, h) -> out.u64(h.height())
                    .u64(h.timeMillis())
                    .fixed(h.mix().bytes())
                    .u64(h.oldestHeight())
                    .u64(h.nextSequence()),
            in -> new Head(
                    in.u64("head.height"),
                    in.u64("head.time"),
                    in.hash("head.mix"),
                    in.u64("head.oldestHeight"),
                    in.u64("head.nextSequence")));

    static final Codec<DelayState> DELAY = Codec.fields(
            Hash.LENGTH + 8,
            (out, d) -> out.fixed(d.mix().bytes()).u64(d.height()),
            in -> new DelayState(in.hash("delay.mix"), in.u64("delay.height")));

    static final Codec<Totals> TOTALS = Codec.fields(
            32,
            (out, t) -> out.u64(t.initial()).u64(t.issued()).u64(t.burned()).u64(t.fees()),
            in -> new Totals(
                    in.u64("totals.initial"), in.u64("totals.issued"), in.u64("totals.burned"), in.u64("totals.fees")));

    static final Codec<Activity> ACTIVITY = Codec.fields(4096, Codecs::writeActivity, Codecs::readActivity);

    static final Codec<ChainInfo> CHAIN = Codec.fields(
            256,
            (out, c) -> {
                out.string(c.chainId()).fixed(c.genesis().bytes());
                writeParameters(out, c.parameters());
            },
            in -> new ChainInfo(
                    in.string("chainId", Transaction.MAX_CHAIN_ID), in.hash("genesis"), readParameters(in)));

    static final Codec<Unbonding> UNBONDING = Codec.fields(
            80,
            (out, u) -> out.u64(u.sequence())
                    .fixed(u.delegator().bytes())
                    .fixed(u.validator().bytes())
                    .u64(u.initialAmount())
                    .u64(u.amount())
                    .u64(u.startedAtHeight())
                    .u64(u.maturityEpoch()),
            in -> new Unbonding(
                    in.u64("sequence"),
                    in.address("delegator"),
                    in.address("validator"),
                    in.u64("initialAmount"),
                    in.u64("amount"),
                    in.u64("startedAtHeight"),
                    in.u64("maturityEpoch")));

    static final Codec<Redelegation> REDELEGATION = Codec.fields(
            100,
            (out, r) -> out.u64(r.sequence())
                    .fixed(r.delegator().bytes())
                    .fixed(r.from().bytes())
                    .fixed(r.to().bytes())
                    .u64(r.initialAmount())
                    .u64(r.shares())
                    .u64(r.startedAtHeight())
                    .u64(r.maturityEpoch()),
            in -> new Redelegation(
                    in.u64("sequence"),
                    in.address("delegator"),
                    in.address("from"),
                    in.address("to"),
                    in.u64("initialAmount"),
                    in.u64("shares"),
                    in.u64("startedAtHeight"),
                    in.u64("maturityEpoch")));

    static final Codec<SlashingEvent> SLASHING = Codec.of(SlashingEvent::encode, SlashingEvent::decode);

    private Codecs() {}

    /** Writes all of {@code p}: part of the genesis hash. */
    public static void writeParameters(Writer out, ChainParameters p) {
        PoSConsensusConfig c = p.consensus();
        out.u64(c.minimumStake())
                .u32(c.maxValidators())
                .u64(c.blockTimeMillis())
                .u64(c.epochLength());
        out.u32(c.slashingPenalty().ppm()).bool(c.enableQuantumResistance()).bool(c.enableParallelProcessing());
        out.u64(p.unbondingEpochs()).u64(p.evidenceMaxAgeBlocks()).u64(p.evidenceMaxAgeMillis());
        out.u64(p.blockReward()).u64(p.minimumFee()).u64(p.maxBlockGas()).u32(p.maxBlockBytes());
        GasSchedule g = p.gas();
        out.u64(g.blockProduction()).u64(g.transactionValidation());
        out.u64(g.validatorSelection()).u64(g.slashingDetection());
        out.u64(p.vdfIterations()).u32(p.vdfBits());
    }

    private static ChainParameters readParameters(Reader in) {
        PoSConsensusConfig consensus = new PoSConsensusConfig(
                in.u64("minimumStake"),
                in.u32("maxValidators"),
                in.u64("blockTimeMillis"),
                in.u64("epochLength"),
                in.rate("slashingPenalty"),
                in.bool("enableQuantumResistance"),
                in.bool("enableParallelProcessing"));
        return new ChainParameters(
                consensus,
                in.u64("unbondingEpochs"),
                in.u64("evidenceMaxAgeBlocks"),
                in.u64("evidenceMaxAgeMillis"),
                in.u64("blockReward"),
                in.u64("minimumFee"),
                in.u64("maxBlockGas"),
                in.u32("maxBlockBytes"),
                new GasSchedule(
                        in.u64("gas.blockProduction"),
                        in.u64("gas.transactionValidation"),
                        in.u64("gas.validatorSelection"),
                        in.u64("gas.slashingDetection")),
                in.u64("vdfIterations"),
                in.u32("vdfBits"));
    }

    private static void writePlan(Writer out, PlanRecord record) {
        record.plan().write(out);
        out.fixed(record.proposer().bytes()).u64(record.height());
        out.u8(record.status().ordinal()).u64(record.statusHeight());
        out.list(record.attested(), (w, a) -> w.fixed(a.bytes()));
        out.u64(record.readyPower()).u64(record.totalPower());
    }

    private static PlanRecord readPlan(Reader in) {
        return new PlanRecord(
                RulePlan.read(in),
                in.address("plan.proposer"),
                in.u64("plan.height"),
                readStatus(in),
                in.u64("plan.statusHeight"),
                in.list("plan.attested", ValidatorSet.MAX_MEMBERS, r -> r.address("validator")),
                in.u64("plan.readyPower"),
                in.u64("plan.totalPower"));
    }

    private static PlanStatus readStatus(Reader in) {
        int status = in.u8("plan.status");
        if (status >= PlanStatus.values().length) {
            throw in.refuse("plan.status", status, "0 to " + (PlanStatus.values().length - 1));
        }
        return PlanStatus.values()[status];
    }

    private static void writeActivity(Writer out, Activity activity) {
        out.u32(activity.counts().size());
        activity.counts().forEach((address, c) -> out.fixed(address.bytes())
                .u64(c.proposed())
                .u64(c.signed())
                .u64(c.missed()));
    }

    private static Activity readActivity(Reader in) {
        List<Map.Entry<Address, Activity.Counts>> entries = in.list(
                "activity",
                2 * ValidatorSet.MAX_MEMBERS,
                r -> Map.entry(
                        r.address("validator"),
                        new Activity.Counts(r.u64("proposed"), r.u64("signed"), r.u64("missed"))));
        TreeMap<Address, Activity.Counts> counts = new TreeMap<>();
        for (Map.Entry<Address, Activity.Counts> entry : entries) {
            if (!counts.isEmpty() && counts.lastKey().compareTo(entry.getKey()) >= 0) {
                throw in.refuse("activity", entry.getKey(), "after " + counts.lastKey());
            }
            counts.put(entry.getKey(), entry.getValue());
        }
        return new Activity(counts);
    }
}
