package org.hauptbuch.light;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.hauptbuch.api.block.Checkpoint;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.WeakSubjectivity;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.value.Bytes;

/**
 * Follows a chain from a trusted checkpoint. Headers come from one provider and are verified by skipping; then every
 * witness is asked for the same height, and one who has another block that verifies, too, shows a fork. Not thread-safe.
 */
public final class LightClient {
    /** How far a header's time may be ahead of the caller's clock, in milliseconds. */
    public static final long DRIFT_MILLIS = 10_000;

    /** Verified headers that are remembered at most: the oldest go first, but for the trusted checkpoint's. */
    private static final int MAX_REMEMBERED = 1_000;

    private final String chainId;
    private final SignatureScheme scheme;
    private final Skipping skipping;
    private final Provider primary;
    private final List<Provider> witnesses;
    private final NavigableMap<Long, LightBlock> verified = new TreeMap<>();

    /**
     * A client that trusts nothing yet.
     *
     * @param parameters the chain's: the trust period is its weak-subjectivity period
     * @param primary whose headers are verified
     * @param witnesses who is asked whether it has the same
     */
    public LightClient(
            String chainId,
            ChainParameters parameters,
            SignatureScheme scheme,
            Provider primary,
            List<Provider> witnesses) {
        this.chainId = chainId;
        this.scheme = scheme;
        this.skipping = new Skipping(chainId, scheme, WeakSubjectivity.periodMillis(parameters), DRIFT_MILLIS);
        this.primary = primary;
        this.witnesses = List.copyOf(witnesses);
    }

    /**
     * Begins at {@code checkpoint}, whose hash is trusted.
     *
     * @throws PoSException SECURITY_VALIDATION_FAILED where the provider has not got it or it is older than the trust
     *     period, BLOCK_FINALIZATION_FAILED where its certificate is wrong
     */
    public void trust(Checkpoint checkpoint, long nowMillis) {
        LightBlock block = Skipping.fetch(primary, checkpoint.height());
        if (!block.hash().equals(checkpoint.hash())) {
            throw PoSException.outOfRange(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "block of height " + checkpoint.height() + " that " + primary.name() + " sent",
                    block.hash(),
                    checkpoint.hash() + ", the trusted one");
        }
        block.check(chainId, scheme);
        skipping.checkFresh(block, nowMillis);
        verified.clear();
        verified.put(block.height(), block);
    }

    /**
     * The header of {@code height}, verified, and the same at every witness that has one.
     *
     * @throws ForkException where a witness has another block of that height that verifies, too
     * @throws PoSException where there is nothing trusted at or before it, the trust period is over, or what the
     *     provider sent does not verify
     */
    public LightBlock verify(long height, long nowMillis) {
        LightBlock trusted = Optional.ofNullable(verified.floorEntry(height))
                .map(entry -> entry.getValue())
                .orElseThrow(() -> new PoSException(
                        PoSError.SECURITY_VALIDATION_FAILED,
                        "height " + height + " is before the trusted checkpoint, or nothing is trusted yet"));
        if (trusted.height() == height) {
            return trusted;
        }
        LightBlock target = Skipping.fetch(primary, height);
        List<LightBlock> way = skipping.verify(trusted, target, primary, nowMillis);
        for (Provider witness : witnesses) {
            fork(witness, trusted, target, nowMillis).ifPresent(fork -> {
                throw new ForkException(fork);
            });
        }
        way.forEach(block -> verified.put(block.height(), block));
        while (verified.size() > MAX_REMEMBERED) {
            verified.remove(verified.higherKey(verified.firstKey()));
        }
        return target;
    }

    /**
     * What the state after {@code height}, which was verified, holds under the proof's key; empty where it is proven to
     * hold nothing.
     *
     * @throws PoSException SECURITY_VALIDATION_FAILED where the height was not verified, the key is another one, or the
     *     proof is wrong
     */
    public Optional<Bytes> value(long height, Bytes key, StateProof proof) {
        LightBlock block = verified.get(height);
        if (block == null) {
            throw new PoSException(
                    PoSError.SECURITY_VALIDATION_FAILED, "height " + height + " was not verified, must be first");
        }
        if (!proof.key().equals(key)) {
            throw PoSException.outOfRange(
                    PoSError.SECURITY_VALIDATION_FAILED, "proof.key", proof.key(), key.toString());
        }
        if (!proof.verify(block.header().stateRoot())) {
            throw new PoSException(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "the proof of " + key + " does not verify against state root "
                            + block.header().stateRoot() + " of height " + height);
        }
        return proof.value();
    }

    /** A witness that has nothing, or something that does not verify, shows nothing. */
    private Optional<Fork> fork(Provider witness, LightBlock trusted, LightBlock target, long nowMillis) {
        Optional<LightBlock> other = witness.at(target.height())
                .filter(block ->
                        block.height() == target.height() && !block.hash().equals(target.hash()));
        if (other.isEmpty()) {
            return Optional.empty();
        }
        try {
            skipping.verify(trusted, other.get(), witness, nowMillis);
        } catch (PoSException wrong) {
            return Optional.empty();
        }
        return Optional.of(Fork.of(witness.name(), target, other.get()));
    }
}
