package org.hauptbuch.shell.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.view.StakeViews;
import org.hauptbuch.shell.view.View;

/** Penalties, the oldest first */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "pos", name = "slashing-list", description = "Penalties, the oldest first")
public final class SlashingList extends PosCommand {
    @Override
    protected View run() throws Exception {
        NodeService node = node();
        return StakeViews.slashings(directory(node), node.slashings());
    }
}
