package org.hauptbuch.shell.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.view.StatusViews;
import org.hauptbuch.shell.view.View;

/** The current epoch and who validates in it */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "pos", name = "epoch-show", description = "The current epoch and who validates in it")
public final class EpochShow extends PosCommand {
    @Override
    protected View run() throws Exception {
        NodeService node = node();
        return StatusViews.epoch(node, directory(node));
    }
}
