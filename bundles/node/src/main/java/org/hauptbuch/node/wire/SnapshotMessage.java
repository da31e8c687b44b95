package org.hauptbuch.node.wire;

import java.util.Optional;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Checkpoint;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.StateChunk;

/**
 * What nodes say to each other so that one begins at a checkpoint: a kind byte, then the fields. Chunks stay encoded, so
 * that whoever reads them does it off the loop. The kind bytes are part of the protocol: append only.
 */
public sealed interface SnapshotMessage {
    /** The most bytes of an encoded chunk: a full one, its last entry beyond that, and the tree beside it. */
    int MAX_CHUNK = StateChunk.TARGET_BYTES * 2
            + StateProof.MAX_VALUE_BYTES
            + StateProof.MAX_KEY_BYTES
            + 2 * StateProof.MAX_DEPTH * 70
            + 128;

    /** The most bytes of a validator set. */
    int MAX_VALIDATORS = 1 << 20;

    /**
     * Asks for what a node begins with at a checkpoint.
     *
     * @param checkpoint which
     */
    record GetBasis(Checkpoint checkpoint) implements SnapshotMessage {}

    /**
     * The answer to {@link GetBasis}. No body and no other hash: the sender has no snapshot there.
     *
     * @param checkpoint the one asked for
     * @param body what to begin with
     * @param other the block that is final there for the sender, where it is another one
     */
    record Basis(Checkpoint checkpoint, Optional<Body> body, Optional<Hash> other) implements SnapshotMessage {}

    /**
     * What a node begins with.
     *
     * @param block the checkpoint's block, encoded
     * @param certificate what made it final
     * @param validators the set that decided it, encoded
     */
    record Body(Bytes block, Certificate certificate, Bytes validators) {}

    /**
     * Asks for a chunk of the state at a checkpoint.
     *
     * @param checkpoint which
     * @param from the first digest wanted
     */
    record GetChunk(Checkpoint checkpoint, Hash from) implements SnapshotMessage {}

    /**
     * The answer to {@link GetChunk}.
     *
     * @param checkpoint the one asked for
     * @param from the digest asked for
     * @param chunk encoded; empty where the sender has no snapshot there
     */
    record Chunk(Checkpoint checkpoint, Hash from, Optional<Bytes> chunk) implements SnapshotMessage {}

    /**
     * The answer to a request for blocks that are not kept any more.
     *
     * @param height the first block that the sender keeps
     */
    record Earliest(long height) implements SnapshotMessage {}

    /** Writes the encoding. */
    default void write(Writer out) {
        if (this instanceof GetBasis m) {
            write(out.u8(1), m.checkpoint);
        } else if (this instanceof Basis m) {
            write(out.u8(2), m.checkpoint);
            out.optional(m.body, (w, body) -> {
                w.bytes(body.block).bytes(body.validators);
                body.certificate.write(w);
            });
            out.optional(m.other, (w, hash) -> w.fixed(hash.bytes()));
        } else if (this instanceof GetChunk m) {
            write(out.u8(3), m.checkpoint);
            out.fixed(m.from.bytes());
        } else if (this instanceof Chunk m) {
            write(out.u8(4), m.checkpoint);
            out.fixed(m.from.bytes()).optional(m.chunk, Writer::bytes);
        } else if (this instanceof Earliest m) {
            out.u8(5).u64(m.height);
        } else {
            throw new IllegalStateException("a message without a kind: " + getClass());
        }
    }

    /** Reads what {@link #write} wrote. @throws PoSException INVALID_BLOCK, naming field, value and range */
    static SnapshotMessage read(Reader in) {
        int kind = in.u8("snapshot.kind");
        return switch (kind) {
            case 1 -> new GetBasis(checkpoint(in));
            case 2 -> new Basis(
                    checkpoint(in),
                    in.optional("basis", SnapshotMessage::body),
                    in.optional("basis.other", r -> r.hash("basis.other")));
            case 3 -> new GetChunk(checkpoint(in), in.hash("chunk.from"));
            case 4 -> new Chunk(
                    checkpoint(in), in.hash("chunk.from"), in.optional("chunk", r -> r.bytes("chunk", MAX_CHUNK)));
            case 5 -> new Earliest(in.u64("earliest"));
            default -> throw in.refuse("snapshot.kind", kind, "1 to 5");
        };
    }

    private static Body body(Reader in) {
        Bytes block = in.bytes("basis.block", Block.MAX_BYTES);
        Bytes validators = in.bytes("basis.validators", MAX_VALIDATORS);
        return new Body(block, Certificate.read(in), validators);
    }

    private static void write(Writer out, Checkpoint checkpoint) {
        out.u64(checkpoint.height()).fixed(checkpoint.hash().bytes());
    }

    private static Checkpoint checkpoint(Reader in) {
        long height = in.u64("checkpoint.height");
        Hash hash = in.hash("checkpoint.hash");
        return in.make("checkpoint", () -> new Checkpoint(height, hash));
    }
}
