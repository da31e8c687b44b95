package org.hauptbuch.shell.command;

import com.google.gson.JsonObject;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.support.CommandException;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.Container;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.Nodes;
import org.hauptbuch.shell.complete.NodeCompleter;
import org.hauptbuch.shell.view.View;

/**
 * What every command has in common. A refusal is one line, with {@code --json} an object with the member {@code error};
 * over ssh its exit code is 1. Both go to standard output: what is written to standard error never leaves Karaf's
 * ssh server, which closes the channel before that stream is flushed.
 */
public abstract class PosCommand implements Action {
    @Reference
    private Container container;

    @Option(name = "--json", description = "Answer with one line of JSON")
    private boolean json;

    @Option(name = "--node", description = "The node to ask (default: the first that runs)")
    @Completion(NodeCompleter.class)
    private String node;

    /** Does what the command does. */
    protected abstract View run() throws Exception;

    @Override
    public final Object execute() throws Exception {
        View view;
        try {
            new LateOptions(this).apply();
            view = run();
        } catch (Failure | PoSException | IllegalArgumentException | UncheckedIOException e) {
            throw failed(e.getMessage(), false);
        } catch (InterruptedException e) {
            throw failed("interrupted", false);
        }
        Printer printer = new Printer(System.out);
        if (json) {
            printer.json(view.json());
        } else {
            printer.text(view.parts());
        }
        if (view.failure().isPresent()) {
            throw failed(view.failure().get(), true);
        }
        // a number would become the exit code
        return null;
    }

    protected final Container container() {
        return container;
    }

    protected final Optional<String> nodeName() {
        return Optional.ofNullable(node);
    }

    /** The node to read from. */
    protected final NodeService node() {
        return new Nodes(container).chosen(nodeName());
    }

    /** All nodes, or the one of {@code --node}. */
    protected final List<NodeService> nodes() {
        return new Nodes(container).all(nodeName());
    }

    /** Names of nodes that are configured here and not up. */
    protected final SortedSet<String> missing() {
        SortedSet<String> missing = new TreeSet<>(container.configured());
        container.nodes().forEach(up -> missing.remove(up.name()));
        if (node != null) {
            missing.clear();
        }
        return missing;
    }

    protected final Directory directory(NodeService at) {
        return new Directory(container, at);
    }

    /**
     * What Karaf is to be told: it prints the help of a CommandException and logs nothing, while it would log every
     * other exception with its stack, as if a wrong amount were a fault of the container.
     */
    private CommandException failed(String line, boolean answered) {
        if (!json) {
            return new CommandException(line, line);
        }
        JsonObject error = new JsonObject();
        error.addProperty("error", line);
        // an answer that says what has failed is not followed by another object
        return new CommandException(answered ? "" : error.toString(), line);
    }
}
