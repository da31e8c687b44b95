package org.hauptbuch.shell.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.shell.Arguments;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.Nodes;
import org.hauptbuch.shell.Pause;
import org.hauptbuch.shell.Sender;
import org.hauptbuch.shell.complete.KeyCompleter;
import org.hauptbuch.shell.view.ChainViews;
import org.hauptbuch.shell.view.View;

/** A command that sends a transaction and waits until it is final. */
public abstract class TxCommand extends PosCommand {
    @Option(name = "--from", description = "The key that signs and pays")
    @Completion(KeyCompleter.class)
    private String from;

    @Option(name = "--fee", description = "Units to pay (default: the chain's minimum)")
    private String fee;

    @Option(name = "--expiry", description = "Blocks within which it must be included, 1 to 10000 (default: 100)")
    private String expiry;

    @Option(name = "--wait", description = "Wait until it is final: the default")
    private boolean wait;

    @Option(name = "--no-wait", description = "Return as soon as the node has taken it")
    private boolean noWait;

    @Option(name = "--timeout", description = "Seconds to wait, 1 to 86400 (default: ten block times, at least 10)")
    private String timeout;

    /** What to send, for the account of {@code signer}. */
    protected abstract Payload payload(NodeService node, Directory directory, Signer signer);

    /** The key that signs where {@code --from} is not given. */
    protected String defaultKey(NodeService node, Directory directory) {
        throw new Failure("--from is missing: the key that signs and pays");
    }

    /** Waits for what has to be over before {@code payload} can be made; {@code options} say whether and how long. */
    protected void await(NodeService node, Sender.Options options) throws InterruptedException {}

    /** All that is to be sent, in this order. */
    protected List<Payload> payloads(NodeService node, Directory directory, Signer signer) {
        return List.of(payload(node, directory, signer));
    }

    @Override
    protected View run() throws Exception {
        Sender.Options options = options();
        NodeService node = new Nodes(container()).running(nodeName());
        Directory directory = directory(node);
        Signer signer = directory.signer("--from", from == null ? defaultKey(node, directory) : from);
        await(node, options);
        List<Payload> payloads = payloads(node, directory, signer);
        return answer(node, new Sender(node, Pause.REAL).send(signer, payloads, options));
    }

    /** The answer, once all is sent and, if so wished, final. */
    protected View answer(NodeService node, List<Sender.Sent> sent) {
        return ChainViews.sent(sent);
    }

    private Sender.Options options() {
        if (wait && noWait) {
            throw new Failure("--wait and --no-wait exclude each other");
        }
        Optional<Long> units = Optional.ofNullable(fee).map(text -> Arguments.whole("--fee", text, 0, Long.MAX_VALUE));
        long blocks = expiry == null ? 100 : Arguments.whole("--expiry", expiry, 1, 10_000);
        Optional<Duration> limit =
                Optional.ofNullable(timeout).map(text -> Arguments.seconds("--timeout", text, 1, 86_400));
        return new Sender.Options(units, blocks, !noWait, limit);
    }
}
