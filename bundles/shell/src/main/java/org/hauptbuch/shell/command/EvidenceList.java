package org.hauptbuch.shell.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.view.StakeViews;
import org.hauptbuch.shell.view.View;

/** Evidence that waits for a block */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "pos", name = "evidence-list", description = "Evidence that waits for a block")
public final class EvidenceList extends PosCommand {
    @Override
    protected View run() throws Exception {
        NodeService node = node();
        return StakeViews.evidence(directory(node), node.pendingEvidence());
    }
}
