package org.hauptbuch.shell.view;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.node.AccountProof;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.node.TransactionView;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.tx.Receipt;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.Sender;

/** Blocks and transactions. */
public final class ChainViews {
    private ChainViews() {}

    /** Up to {@code count} final blocks, the newest first, from {@code height} downwards. */
    public static View blocks(NodeService node, Directory directory, long height, int count) {
        List<Block> blocks = new ArrayList<>();
        for (long h = height; h >= 1 && blocks.size() < count; h--) {
            Optional<Block> block = node.block(h);
            if (block.isEmpty()) {
                // older ones are not kept
                break;
            }
            blocks.add(block.get());
        }
        View view = new View(Json.object()
                .put("blocks", Json.array(blocks.stream(), block -> Json.object()
                        .put("height", block.height())
                        .put("hash", block.hash())
                        .put("round", block.header().round())
                        .put("epoch", block.header().epoch())
                        .put("timeMillis", block.header().timeMillis())
                        .put("proposer", block.header().proposer())
                        .put("proposerName", directory.nameOf(block.header().proposer()))
                        .put("transactions", block.transactions().size())
                        .put("evidence", block.evidence().size())
                        .build()))
                .build());
        View.Table table = view.table(
                "No block is final yet.", "height", "time", "round", "proposer", "transactions", "evidence", "hash");
        blocks.forEach(block -> table.row(
                block.height(),
                Text.time(block.header().timeMillis()),
                block.header().round(),
                directory.nameOf(block.header().proposer()),
                block.transactions().size(),
                block.evidence().size(),
                Text.shorter(block.hash())));
        return view;
    }

    /** One block with all that is in it. */
    public static View block(NodeService node, Directory directory, long height) {
        Block block = node.block(height)
                .orElseThrow(() -> new Failure("block " + height + " is not here: final are 1 to "
                        + node.status().finalizedHeight() + ", and old ones may not be kept"));
        BlockHeader header = block.header();
        Optional<Certificate> certificate = node.certificate(height);
        JsonObject json = Json.object()
                .put("height", header.height())
                .put("hash", block.hash())
                .put("chainId", header.chainId())
                .put("round", header.round())
                .put("epoch", header.epoch())
                .put("parent", header.parent())
                .put("timeMillis", header.timeMillis())
                .put("proposer", header.proposer())
                .put("proposerName", directory.nameOf(header.proposer()))
                .put("transactionsRoot", header.transactionsRoot())
                .put("evidenceRoot", header.evidenceRoot())
                .put("stateRoot", header.stateRoot())
                .put("validatorsRoot", header.validatorsRoot())
                .put("ruleSetId", header.ruleSetId())
                .put("reveal", header.reveal())
                .put("lastCertificate", header.lastCertificate())
                .put("bytes", block.encode().length())
                .put("transactions", Json.array(block.transactions().stream(), ChainViews::transaction))
                .put("evidence", Json.array(block.evidence().stream(), ChainViews::evidence))
                .put("certificate", certificate.map(c -> Json.object()
                        .put("phase", Text.camel(c.phase().name()))
                        .put("height", c.height())
                        .put("round", c.round())
                        .put("signers", Json.texts(c.signatures().stream().map(s -> s.validator())))
                        .build()))
                .build();
        View view = new View(json)
                .field("block", header.height())
                .field("hash", block.hash())
                .field("parent", header.parent())
                .field("time", Text.time(header.timeMillis()))
                .field("epoch", header.epoch())
                .field("round", header.round())
                .field("proposer", directory.nameOf(header.proposer()))
                .field("state root", header.stateRoot())
                .field("rule set", header.ruleSetId())
                .field("final by", certificate.map(c -> signers(c, directory)).orElse("no certificate is kept"));
        View.Table transactions = view.table("No transactions.", "transaction", "type", "from", "nonce", "fee");
        block.transactions()
                .forEach(t -> transactions.row(
                        t.id(), Text.type(t.payload()), directory.nameOf(t.from()), t.nonce(), t.fee()));
        if (!block.evidence().isEmpty()) {
            View.Table evidence = view.table("", "evidence", "type", "offender", "height");
            block.evidence().forEach(e -> evidence.row(e.id(), e.type(), directory.nameOf(e.offender()), e.height()));
        }
        return view;
    }

    /** Where a transaction is, with its content where that is known. */
    public static View transaction(TransactionView found, Directory directory) {
        View view = new View(outcome(found).build())
                .field("transaction", found.id())
                .field("state", stateOf(found));
        found.transaction().ifPresent(t -> {
            view.field("type", Text.type(t.payload()))
                    .field("from", directory.nameOf(t.from()))
                    .field("nonce", t.nonce())
                    .field("fee", t.fee())
                    .field("expires", "after block " + t.expiryHeight());
            PayloadViews.fields(t.payload())
                    .entrySet()
                    .forEach(e -> view.field(
                            e.getKey(),
                            e.getValue().isJsonPrimitive() ? e.getValue().getAsString() : e.getValue()));
        });
        return view;
    }

    /** What became of the transactions that a command sent; it fails with the first that failed. */
    public static View sent(List<Sender.Sent> all) {
        View view = all.size() == 1
                ? new View(sentJson(all.get(0)))
                : new View(Json.object()
                        .put("transactions", Json.array(all.stream(), ChainViews::sentJson))
                        .build());
        for (Sender.Sent sent : all) {
            view.line("transaction " + sent.view().id() + ": " + stateOf(sent.view()) + ", fee "
                    + sent.transaction().fee());
        }
        all.stream()
                .map(Sender.Sent::view)
                .filter(v -> v.receipt().isPresent() && !v.receipt().get().succeeded())
                .findFirst()
                .ifPresent(v -> view.failing("transaction " + v.id() + " failed: "
                        + v.receipt().get().detail()));
        return view;
    }

    /** An account with its proof, to be checked by {@code StateProof.decode} and {@code verify}. */
    public static View proof(String name, Address address, AccountProof proven) {
        StateProof proof = proven.proof();
        String value = proof.value().map(Bytes::hex).orElse("");
        String encoded = proof.encode().hex();
        return new View(Json.object()
                        .put("address", address)
                        .put("height", proven.height())
                        .put("stateRoot", proven.stateRoot())
                        .put("key", proof.key().hex())
                        .put("present", proof.present())
                        .put("value", value)
                        .put("proof", encoded)
                        .build())
                .field("account", name)
                .field("address", address)
                .field("after block", proven.height())
                .field("state root", proven.stateRoot())
                .field("key", proof.key().hex())
                .field("value", proof.present() ? value : "none, which is what is proven")
                .field("proof", encoded);
    }

    /** Evidence in JSON, without its payload. */
    static JsonObject evidence(Evidence e) {
        return Json.object()
                .put("id", e.id())
                .put("type", e.type())
                .put("offender", e.offender())
                .put("height", e.height())
                .build();
    }

    private static JsonObject sentJson(Sender.Sent sent) {
        return outcome(sent.view()).put("fee", sent.transaction().fee()).build();
    }

    private static Json outcome(TransactionView found) {
        Optional<Receipt> receipt = found.receipt();
        return Json.object()
                .put("id", found.id())
                .put("state", Text.camel(found.state().name()))
                .put("height", receipt.map(Receipt::height))
                .put("index", receipt.map(Receipt::index))
                .put("succeeded", receipt.map(Receipt::succeeded))
                .put("error", receipt.flatMap(Receipt::error))
                .put("detail", receipt.map(Receipt::detail))
                .put("gasUsed", receipt.map(Receipt::gasUsed))
                .put("transaction", found.transaction().map(ChainViews::transaction));
    }

    private static JsonObject transaction(Transaction t) {
        return Json.object()
                .put("id", t.id())
                .put("type", Text.type(t.payload()))
                .put("from", t.from())
                .put("sender", t.sender())
                .put("nonce", t.nonce())
                .put("fee", t.fee())
                .put("gasLimit", t.gasLimit())
                .put("expiryHeight", t.expiryHeight())
                .put("payload", PayloadViews.fields(t.payload()))
                .build();
    }

    private static String stateOf(TransactionView found) {
        if (found.receipt().isPresent()) {
            Receipt receipt = found.receipt().get();
            return (receipt.succeeded() ? "succeeded" : "failed") + " in block " + receipt.height() + ", gas "
                    + receipt.gasUsed() + (receipt.succeeded() ? "" : " (" + receipt.detail() + ")");
        }
        return switch (found.state()) {
            case UNKNOWN -> "unknown: never seen here, or forgotten";
            case PENDING -> "pending: waits for a block";
            case FINAL -> "final";
        };
    }

    private static String signers(Certificate certificate, Directory directory) {
        return certificate.signatures().size() + " votes of round " + certificate.round() + ": "
                + String.join(
                        ", ",
                        certificate.signatures().stream()
                                .map(s -> directory.nameOf(s.validator()))
                                .toList());
    }
}
