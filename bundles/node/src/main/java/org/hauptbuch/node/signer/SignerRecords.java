package org.hauptbuch.node.signer;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.node.signer.ToSign.Stand;

/**
 * What a signer signed, by the rules of {@link org.hauptbuch.node.signing.SigningGuard}: one message for each slot of a
 * height, no height below the last one, one chain, nothing of the first rounds after a vote to go back. And each height
 * belongs to the store of the node that signed first at it: two nodes could each sign what contradicts no slot of the
 * other and still break a lock, because which block a validator is locked on is in one node's store only. Not thread-safe.
 */
final class SignerRecords implements Closeable {
    /** The length of the name of a node's store. */
    static final int NODE = 16;

    private static final int CLOSED = 0;
    private static final int SIGNED = 1;
    private static final long MOST_RECORDS = 4_096;

    private final RecordFile file;
    private final long mostRecords;
    private final Map<String, ToSign> signed = new LinkedHashMap<>();
    private Optional<String> chainId = Optional.empty();
    private Bytes owner = Bytes.EMPTY;
    private long height;
    private boolean broken;

    /** The records in {@code file}, which may not be there yet. @throws IllegalArgumentException as {@link RecordFile} */
    SignerRecords(Path file) {
        this(file, MOST_RECORDS);
    }

    /** @param mostRecords from so many on only those of the last height are kept */
    SignerRecords(Path file, long mostRecords) {
        this.mostRecords = mostRecords;
        List<Bytes> records = new ArrayList<>();
        this.file = RecordFile.open(file, records);
        for (Bytes record : records) {
            Reader in = new Reader(record, PoSError.SECURITY_VALIDATION_FAILED);
            if (in.u8("record.kind") == CLOSED) {
                begin(in.u64("record.height"), Bytes.EMPTY);
            } else {
                Bytes node = in.fixed("record.node", NODE);
                remember(node, ToSign.parse(in.fixed("record.message", record.length() - 1 - NODE)));
            }
        }
    }

    /** The lowest height at which it signs. */
    long height() {
        return height;
    }

    /** Signs nothing below {@code first}. Durable when this returns. */
    void closeBelow(long first) {
        if (first > height) {
            append(new Writer().u8(CLOSED).u64(first).toBytes());
            begin(first, Bytes.EMPTY);
        }
    }

    /**
     * Takes down that {@code message} is signed for the node with this store. Durable when this returns.
     *
     * @throws PoSException SECURITY_VALIDATION_FAILED where it contradicts what was signed, or records cannot be written
     */
    void add(Bytes node, ToSign message) {
        requireChain(message.chainId().orElse(null));
        if (message.stand().isEmpty() || isKnown(node, message)) {
            return;
        }
        append(new Writer().u8(SIGNED).fixed(node).fixed(message.bytes()).toBytes());
        remember(node, message);
        if (file.records() > mostRecords) {
            forgetOld();
        }
    }

    /** @throws PoSException SECURITY_VALIDATION_FAILED where it signs for another chain */
    void requireChain(String other) {
        if (other != null && chainId.isPresent() && !chainId.get().equals(other)) {
            throw PoSException.outOfRange(
                    PoSError.SECURITY_VALIDATION_FAILED, "chain", other, chainId.get() + ", the one signed for before");
        }
    }

    private boolean isKnown(Bytes node, ToSign message) {
        Stand stand = message.stand().orElseThrow();
        if (stand.height() < height) {
            throw PoSException.outOfRange(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "height to sign at",
                    stand.height(),
                    height + " or more: later ones were signed, or it was started so");
        }
        if (stand.height() > height) {
            return false;
        }
        ToSign earlier = signed.get(stand.slot());
        if (earlier != null) {
            if (earlier.bytes().equals(message.bytes())) {
                return true;
            }
            throw refuse(stand, "it contradicts what was signed there before");
        }
        if (!signed.isEmpty() && !owner.equals(node)) {
            throw refuse(stand, "another node signed at this height: one key, one node");
        }
        if (stand.slot().equals(ToSign.ROLLBACK)) {
            if (signed.values().stream()
                    .anyMatch(one -> one.stand().orElseThrow().decides())) {
                throw refuse(stand, "what could make a block of the height final was signed");
            }
        } else if (stand.round() < RollbackCertificate.FIRST_ROUND && hasLeftFirstRounds()) {
            throw refuse(stand, "the key voted to roll the height back");
        }
        return false;
    }

    private boolean hasLeftFirstRounds() {
        return signed.values().stream()
                .map(one -> one.stand().orElseThrow())
                .anyMatch(stand ->
                        stand.slot().equals(ToSign.ROLLBACK) || stand.round() >= RollbackCertificate.FIRST_ROUND);
    }

    private static PoSException refuse(Stand stand, String why) {
        return new PoSException(
                PoSError.SECURITY_VALIDATION_FAILED,
                stand.slot() + " of height " + stand.height() + " is not signed: " + why);
    }

    private void remember(Bytes node, ToSign message) {
        Stand stand = message.stand().orElseThrow();
        if (stand.height() > height || signed.isEmpty()) {
            begin(stand.height(), node);
        }
        chainId = message.chainId();
        signed.put(stand.slot(), message);
    }

    private void begin(long atHeight, Bytes node) {
        height = atHeight;
        owner = node;
        signed.clear();
    }

    private void append(Bytes record) {
        write(() -> file.append(record));
    }

    private void forgetOld() {
        List<Bytes> kept = new ArrayList<>();
        signed.values()
                .forEach(one -> kept.add(
                        new Writer().u8(SIGNED).fixed(owner).fixed(one.bytes()).toBytes()));
        write(() -> file.replace(kept));
    }

    private interface Writing {
        void run() throws IOException;
    }

    /** After a failure nobody knows what is on the disk. */
    private void write(Writing writing) {
        if (broken) {
            throw new PoSException(
                    PoSError.SECURITY_VALIDATION_FAILED, "records could not be written before: start the signer again");
        }
        broken = true;
        try {
            writing.run();
            broken = false;
        } catch (IOException e) {
            throw new PoSException(PoSError.SECURITY_VALIDATION_FAILED, "records cannot be written: " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the signing records: " + e, e);
        }
    }
}
