package org.hauptbuch.shell.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.shell.view.StatusViews;
import org.hauptbuch.shell.view.View;

/** Figures of the nodes */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "pos", name = "metrics", description = "Figures of the nodes")
public final class MetricsShow extends PosCommand {
    @Override
    protected View run() throws Exception {
        return StatusViews.metrics(nodes());
    }
}
