package org.hauptbuch.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.hauptbuch.api.block.Checkpoint;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.crypto.PassphraseCipher;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.tx.Receipt;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.embed.TipInput;
import org.hauptbuch.node.chain.PendingState;
import org.hauptbuch.node.chain.RecordInput;
import org.hauptbuch.node.chain.SnapshotStore;
import org.hauptbuch.node.chain.Tip;
import org.hauptbuch.node.genesis.GenesisFile;
import org.hauptbuch.node.keys.KeyFile;
import org.hauptbuch.node.service.NodeConfig;
import org.hauptbuch.node.service.NodeSettings;
import org.hauptbuch.node.setup.SetupInput;
import org.hauptbuch.node.signing.InterchangeInput;
import org.hauptbuch.node.signing.SigningGuard;
import org.hauptbuch.node.wire.SnapshotMessage;
import org.hauptbuch.node.wire.WireMessage;
import org.hauptbuch.store.memory.MemoryStoreFactory;

/** What {@code node} reads: messages of peers, records of its store, files of people. */
final class NodeDecoders {
    private static final Tip TIP = new Tip(5, Samples.hash(1), 6, Samples.hash(2));

    private NodeDecoders() {}

    static List<Decoder> wire() {
        Checkpoint checkpoint = new Checkpoint(20, Samples.hash(1));
        Hash digest = Samples.hash(2);
        SnapshotMessage.Body body = new SnapshotMessage.Body(
                Samples.MESSAGE, Samples.shortCertificate(), Samples.set().encode());
        List<WireMessage> messages = new ArrayList<>(List.of(
                new WireMessage.Offer(
                        Samples.proposal(1, OptionalInt.of(1)),
                        Optional.of(Samples.shortCertificate()),
                        Bytes.of(new byte[SignatureScheme.PROOF_LENGTH]),
                        Optional.of(Samples.MESSAGE)),
                new WireMessage.Votes(List.of(Samples.vote(VotePhase.PREVOTE, Hash.ZERO, KeyType.ED25519))),
                new WireMessage.Transactions(List.of(Samples.MESSAGE, Samples.MESSAGE)),
                new WireMessage.Status(5, digest, 1, 1_700_000_000_000L),
                new WireMessage.GetBlocks(5, 6),
                new WireMessage.Blocks(
                        5, List.of(new WireMessage.Certified(Samples.MESSAGE, Samples.shortCertificate()))),
                new WireMessage.GetCandidate(5, digest),
                new WireMessage.Candidate(5, Samples.MESSAGE),
                new WireMessage.Accusations(List.of(Samples.votes())),
                new WireMessage.Rollbacks(List.of(Samples.rollbackVote())),
                new WireMessage.GetJar(digest, 5),
                new WireMessage.JarPart(digest, 10, 5, Samples.MESSAGE)));
        for (SnapshotMessage snapshot : List.of(
                new SnapshotMessage.GetBasis(checkpoint),
                new SnapshotMessage.Basis(checkpoint, Optional.of(body), Optional.of(digest)),
                new SnapshotMessage.GetChunk(checkpoint, digest),
                new SnapshotMessage.Chunk(checkpoint, digest, Optional.of(Samples.MESSAGE)),
                new SnapshotMessage.Earliest(5))) {
            messages.add(new WireMessage.Snapshots(snapshot));
        }
        return List.of(Decoder.canonical(
                "message of a peer",
                WireMessage::decode,
                WireMessage::encode,
                messages.stream().map(WireMessage::encode).toArray(Bytes[]::new)));
    }

    static List<Decoder> records() {
        Receipt good = new Receipt(Samples.hash(1), 5, 6, 7, Optional.empty(), "");
        Receipt bad = new Receipt(Samples.hash(2), 5, 6, 7, Optional.of(PoSError.INVALID_TRANSACTION), "too little");
        Bytes tip = RecordInput.tip(TIP);
        return List.of(
                Decoder.canonical(
                        "stored receipts",
                        (Bytes encoded) -> RecordInput.receipts(encoded),
                        (List<Receipt> receipts) -> RecordInput.receipts(receipts),
                        RecordInput.receipts(List.of(good, bad))),
                Decoder.canonical(
                        "stored tip", (Bytes encoded) -> RecordInput.tip(encoded), (Tip t) -> RecordInput.tip(t), tip),
                Decoder.canonical("stored tip of an embedded chain", TipInput::again, again -> again, tip),
                stored(
                        "stored snapshot",
                        Store.Space.SNAPSHOTS,
                        ApiDecoders.written(out -> out.u8('i').u64(5)),
                        store -> new SnapshotStore(store).at(5).orElseThrow(),
                        ApiDecoders.written(out -> out.u64(5)
                                .fixed(Samples.hash(1).bytes())
                                .fixed(Samples.hash(2).bytes())
                                .u64(6)
                                .u64(7))),
                stored(
                        "stored basis of a state",
                        Store.Space.META,
                        ApiDecoders.written(out -> out.u8('Y')),
                        store -> new PendingState(store).basis().orElseThrow(),
                        ApiDecoders.written(out -> Samples.shortCertificate()
                                .write(out.bytes(Samples.emptyBlock().encode())))),
                stored(
                        "stored cursors of a state",
                        Store.Space.META,
                        ApiDecoders.written(out -> out.u8('y')),
                        store -> new PendingState(store).cursors(),
                        ApiDecoders.written(out -> out.list(
                                PendingState.start(),
                                (w, cursor) -> w.optional(cursor, (v, hash) -> v.fixed(hash.bytes()))))),
                stored(
                        "signing record",
                        Store.Space.SIGNING,
                        ApiDecoders.written(out -> out.u8('r').u64(0).u32(0)),
                        store -> new SigningGuard(store, Samples.CHAIN, Samples.signer(KeyType.ED25519))
                                .journal(0, false),
                        ApiDecoders.written(out -> Samples.vote(VotePhase.PREVOTE, Hash.ZERO, KeyType.ED25519)
                                .write(out.bool(true).u8(1))),
                        ApiDecoders.written(out -> {
                            Samples.proposal(1, OptionalInt.of(1))
                                    .write(out.bool(true).u8(0));
                            out.optional(Optional.of(Samples.shortCertificate()), (w, c) -> c.write(w));
                            out.bytes(Bytes.EMPTY).u64(0);
                        })),
                stored(
                        "signing record of a rollback",
                        Store.Space.SIGNING,
                        ApiDecoders.written(out -> out.u8('k').u64(5)),
                        store ->
                                new SigningGuard(store, Samples.CHAIN, Samples.signer(KeyType.ED25519)).rollbackVote(5),
                        ApiDecoders.written(Samples.rollbackVote()::write)));
    }

    static List<Decoder> files() {
        Path folder = folder();
        Path file = folder.resolve("alice.key");
        KeyFile key = new KeyFile(
                "alice",
                Samples.SCHEME.signer(KeyType.ED25519, Bytes.of(new byte[32])).publicKey(),
                true,
                new PassphraseCipher.Sealed(
                        new PassphraseCipher.Cost(64, 1, 1),
                        Bytes.of(new byte[PassphraseCipher.SALT_LENGTH]),
                        Bytes.of(new byte[PassphraseCipher.NONCE_LENGTH]),
                        Bytes.of(new byte[KeyType.ED25519.secretLength() + PassphraseCipher.TAG_LENGTH])));
        key.write(file);
        Bytes sample = bytes(file);
        return List.of(
                Decoder.text(
                        "genesis.json",
                        text -> GenesisFile.parse(text, "genesis.json"),
                        GenesisFile::format,
                        GenesisFile.format(Samples.genesis())),
                Decoder.of(
                        "key file",
                        IllegalArgumentException.class,
                        in -> {
                            Files.write(file, Decoder.text(Decoder.utf8(in)).toArray());
                            KeyFile.read(file);
                        },
                        sample),
                Decoder.of(
                        "signing records of EIP-3076",
                        IllegalArgumentException.class,
                        in -> InterchangeInput.parse(Decoder.utf8(in)),
                        Decoder.text(InterchangeInput.sample(
                                Samples.key(KeyType.ED25519).encoded()))),
                configured("peers of a node", "peers", "alice=127.0.0.1:5", "alice=[::1]:65535"),
                configured(
                        "trusted keys of a node",
                        "trusted",
                        "alice=" + Samples.key(KeyType.ED25519) + ", bob=" + Samples.key(KeyType.ML_DSA_65)),
                configured("checkpoint of a node", "checkpoint", "20:" + Samples.hash(1), ""),
                configured("kept blocks of a node", "keepBlocks", "all", "5000"),
                Decoder.of(
                        "arguments of setup",
                        IllegalArgumentException.class,
                        in -> SetupInput.parse(Arrays.asList(Decoder.utf8(in).split(" ", -1))),
                        Decoder.text("devnet --home a --rules-dir b --port-base 30000 --validators 4"),
                        Decoder.text("testnet --home a --rules-dir b --quantum-resistance off --vdf-iterations 5000"
                                + " --block-time 200 --epoch-length 10")));
    }

    /** One value of a node's configuration, beside good ones. */
    private static Decoder configured(String name, String field, String... seeds) {
        Map<String, Object> good =
                Map.of("name", "alice", "bindPort", 5, "trusted", "alice=" + Samples.key(KeyType.ED25519));
        return Decoder.of(
                name,
                IllegalArgumentException.class,
                in -> {
                    String text = Decoder.utf8(in);
                    NodeSettings settings = (NodeSettings) Proxy.newProxyInstance(
                            NodeSettings.class.getClassLoader(),
                            new Class<?>[] {NodeSettings.class},
                            (proxy, method, arguments) -> method.getName().equals(field)
                                    ? text
                                    : good.getOrDefault(method.getName(), method.getDefaultValue()));
                    NodeConfig.of(settings, Path.of("home"));
                },
                Arrays.stream(seeds).map(Decoder::text).toArray(Bytes[]::new));
    }

    /** What a store may hand back under {@code key}. */
    private static Decoder stored(String name, Store.Space space, Bytes key, Function<Store, ?> read, Bytes... seeds) {
        Store store = new MemoryStoreFactory().open(Path.of("fuzz"));
        return Decoder.of(
                name,
                PoSException.class,
                in -> {
                    store.commit(new Batch().put(space, key, in));
                    Objects.requireNonNull(read.apply(store));
                },
                seeds);
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("fuzz");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bytes bytes(Path file) {
        try {
            return Bytes.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
