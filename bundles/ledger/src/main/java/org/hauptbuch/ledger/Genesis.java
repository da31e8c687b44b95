package org.hauptbuch.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Commission;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.ledger.state.Codecs;

/**
 * How a chain begins. Every node of the chain has the same.
 *
 * @param chainId the chain's name, 1 to {@link Transaction#MAX_CHAIN_ID} bytes
 * @param timeMillis when it begins, milliseconds since 1970, 0 or more
 * @param parameters what every node agrees on
 * @param balances units that accounts can spend at first, 0 or more each
 * @param validators the first validators, at least one; their stake is on top of the balances
 * @param rules the first rule set
 * @param seed the randomness of the first two epochs
 */
public record Genesis(
        String chainId,
        long timeMillis,
        ChainParameters parameters,
        SortedMap<Address, Long> balances,
        List<GenesisValidator> validators,
        RuleSet rules,
        Hash seed) {
    /**
     * One of the first validators.
     *
     * @param address the operator's account
     * @param id its name for people, as {@link Validator#id()}
     * @param consensusKey the key that signs its blocks and votes
     * @param stake its own stake, units, at least the chain's minimum
     * @param commission what it keeps of its delegators' rewards
     */
    public record GenesisValidator(
            Address address, String id, PublicKey consensusKey, long stake, Commission commission) {}

    public Genesis {
        balances = Collections.unmodifiableSortedMap(new TreeMap<>(balances));
        validators = List.copyOf(validators);
        int length = chainId.getBytes(StandardCharsets.UTF_8).length;
        if (length < 1 || length > Transaction.MAX_CHAIN_ID) {
            throw refuse(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                    "chainId",
                    "'" + chainId + "'",
                    "1 to " + Transaction.MAX_CHAIN_ID + " bytes");
        }
        if (timeMillis < 0) {
            throw refuse(PoSError.CONSENSUS_STATE_UPDATE_FAILED, "timeMillis", timeMillis, "0 or more");
        }
        checkBlockSize(parameters);
        checkValidators(parameters, validators);
        checkSupply(balances, validators);
    }

    /** All units there are at first. */
    public long supply() {
        long supply = 0;
        for (long balance : balances.values()) {
            supply = Amounts.add(supply, balance);
        }
        for (GenesisValidator validator : validators) {
            supply = Amounts.add(supply, validator.stake());
        }
        return supply;
    }

    /** The digest of the canonical encoding: the parent of block 1. */
    public Hash hash() {
        Writer out =
                new Writer(4096).string("hauptbuch/genesis/1").string(chainId).u64(timeMillis);
        Codecs.writeParameters(out, parameters);
        out.u32(balances.size());
        balances.forEach((address, balance) -> out.fixed(address.bytes()).u64(balance));
        out.list(validators, (w, v) -> {
            w.fixed(v.address.bytes())
                    .string(v.id)
                    .fixed(v.consensusKey.encoded())
                    .u64(v.stake);
            w.u32(v.commission.rate().ppm()).u32(v.commission.maximum().ppm());
            w.u32(v.commission.maxDailyChange().ppm()).u64(v.commission.changedAtMillis());
        });
        out.bytes(rules.encode()).fixed(seed.bytes());
        return Hash.sha256(out.toArray());
    }

    /** Half of a block is for the certificate of the one before, where all validators there may be have signed. */
    private static void checkBlockSize(ChainParameters parameters) {
        KeyType type = parameters.consensus().consensusKeyType();
        long certificate = (long) parameters.maxValidators() * (Address.LENGTH + 4 + type.signatureLength());
        if (parameters.maxBlockBytes() / 2 < certificate) {
            throw refuse(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                    "maxBlockBytes",
                    parameters.maxBlockBytes(),
                    "at least " + 2 * certificate + ", as " + parameters.maxValidators()
                            + " validators (maxValidators) sign with " + type);
        }
    }

    private static void checkValidators(ChainParameters parameters, List<GenesisValidator> validators) {
        if (validators.isEmpty()) {
            throw refuse(PoSError.VALIDATOR_SELECTION_FAILED, "validators", "empty", "at least one");
        }
        Set<Address> addresses = new TreeSet<>();
        Set<String> ids = new TreeSet<>();
        Set<PublicKey> keys = new TreeSet<>();
        for (GenesisValidator validator : validators) {
            if (!Validator.validId(validator.id)) {
                throw refuse(
                        PoSError.INVALID_VALIDATOR,
                        "validator.id",
                        "'" + validator.id + "'",
                        "1 to " + Validator.MAX_ID + " characters of a-z 0-9 _ . -");
            }
            if (!ids.add(validator.id)) {
                throw refuse(PoSError.INVALID_VALIDATOR, "validator.id", "'" + validator.id + "' twice", "unique");
            }
            if (!addresses.add(validator.address)) {
                throw refuse(PoSError.INVALID_VALIDATOR, "validator.address", validator.address + " twice", "unique");
            }
            KeyType type = parameters.consensus().consensusKeyType();
            if (validator.consensusKey.type() != type) {
                throw refuse(
                        PoSError.INVALID_VALIDATOR,
                        "validator " + validator.id + " consensusKey.type",
                        validator.consensusKey.type(),
                        type + ", by enableQuantumResistance");
            }
            if (!keys.add(validator.consensusKey)) {
                throw refuse(
                        PoSError.INVALID_VALIDATOR,
                        "validator.consensusKey",
                        validator.consensusKey.shortText() + " twice",
                        "unique");
            }
            if (validator.stake < parameters.minimumStake()) {
                throw refuse(
                        PoSError.INSUFFICIENT_STAKE,
                        "validator " + validator.id + " stake",
                        validator.stake,
                        parameters.minimumStake() + " to " + Amounts.MAX);
            }
        }
    }

    private static void checkSupply(SortedMap<Address, Long> balances, List<GenesisValidator> validators) {
        long left = Amounts.MAX;
        for (var entry : balances.entrySet()) {
            long balance = entry.getValue();
            if (balance < 0 || balance > left) {
                throw refuse(PoSError.INVALID_STAKE, "balance of " + entry.getKey(), balance, "0 to " + left);
            }
            left -= balance;
        }
        for (GenesisValidator validator : validators) {
            if (validator.stake > left) {
                throw refuse(
                        PoSError.INVALID_STAKE,
                        "validator " + validator.id + " stake",
                        validator.stake,
                        "at most " + left);
            }
            left -= validator.stake;
        }
    }

    private static PoSException refuse(PoSError error, String field, Object value, String range) {
        return PoSException.outOfRange(error, "genesis " + field, value, range);
    }
}
