package org.hauptbuch.api.chain;

import java.util.List;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.PublicKey;

/**
 * A validator as the chain knows it. Its own stake is its operator's delegation to itself.
 *
 * @param address the operator's account, which owns the validator
 * @param id its name for people, 1 to 64 characters of {@code a-z 0-9 _ . -}, unique
 * @param consensusKey the key that signs its blocks and votes
 * @param status eligible or not, and why
 * @param pool the stake bonded with it
 * @param commission what it keeps of its delegators' rewards
 * @param jailedUntilEpoch the first epoch in which it may unjail; 0 where it is not jailed
 * @param metrics what it did
 */
public record Validator(
        Address address,
        String id,
        PublicKey consensusKey,
        ValidatorStatus status,
        Pool pool,
        Commission commission,
        long jailedUntilEpoch,
        ValidatorMetrics metrics) {
    /** The most characters of an id. */
    public static final int MAX_ID = 64;

    private static final List<ValidatorStatus> STATUSES = List.of(ValidatorStatus.values());

    public Validator {
        if (!validId(id)) {
            throw new IllegalArgumentException(
                    "validator id: '" + id + "', must be 1 to " + MAX_ID + " characters of a-z 0-9 _ . -");
        }
        if (jailedUntilEpoch < 0) {
            throw new IllegalArgumentException("jailedUntilEpoch: " + jailedUntilEpoch + ", must be 0 or more");
        }
    }

    /** Whether {@code id} is 1 to 64 characters of {@code a-z 0-9 _ . -}. */
    public static boolean validId(String id) {
        if (id.isEmpty() || id.length() > MAX_ID) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && "_.-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The units bonded with it. */
    public long tokens() {
        return pool.tokens();
    }

    /** With another consensus key. */
    public Validator withConsensusKey(PublicKey key) {
        return new Validator(address, id, key, status, pool, commission, jailedUntilEpoch, metrics);
    }

    /** With another status. */
    public Validator withStatus(ValidatorStatus newStatus) {
        return new Validator(address, id, consensusKey, newStatus, pool, commission, jailedUntilEpoch, metrics);
    }

    /** Jailed until {@code epoch}. */
    public Validator jailedUntil(long epoch) {
        return new Validator(address, id, consensusKey, ValidatorStatus.SLASHED, pool, commission, epoch, metrics);
    }

    /** With another pool. */
    public Validator withPool(Pool newPool) {
        return new Validator(address, id, consensusKey, status, newPool, commission, jailedUntilEpoch, metrics);
    }

    /** With another commission. */
    public Validator withCommission(Commission newCommission) {
        return new Validator(address, id, consensusKey, status, pool, newCommission, jailedUntilEpoch, metrics);
    }

    /** With other metrics. */
    public Validator withMetrics(ValidatorMetrics newMetrics) {
        return new Validator(address, id, consensusKey, status, pool, commission, jailedUntilEpoch, newMetrics);
    }

    /** The canonical encoding. */
    public Bytes encode() {
        Writer out = new Writer()
                .fixed(address.bytes())
                .string(id)
                .fixed(consensusKey.encoded())
                .u8(status.ordinal());
        pool.write(out);
        commission.write(out);
        out.u64(jailedUntilEpoch);
        metrics.write(out);
        return out.toBytes();
    }

    /** Reads {@link #encode()}. */
    public static Validator decode(Bytes encoded) {
        Reader in = new Reader(encoded, PoSError.INVALID_VALIDATOR);
        Address address = in.address("address");
        String id = in.string("id", MAX_ID);
        PublicKey key = in.publicKey("consensusKey");
        int status = in.u8("status");
        if (status >= STATUSES.size()) {
            throw in.refuse("status", status, "0 to " + (STATUSES.size() - 1));
        }
        Pool pool = Pool.read(in);
        Commission commission = Commission.read(in);
        long jailedUntil = in.u64("jailedUntilEpoch");
        ValidatorMetrics metrics = ValidatorMetrics.read(in);
        in.end();
        return in.make(
                "validator",
                () -> new Validator(address, id, key, STATUSES.get(status), pool, commission, jailedUntil, metrics));
    }
}
