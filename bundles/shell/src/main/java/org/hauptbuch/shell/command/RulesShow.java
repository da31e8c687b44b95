package org.hauptbuch.shell.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.shell.view.RuleViews;
import org.hauptbuch.shell.view.View;

/** The rules that the chain uses */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "pos", name = "rules-show", description = "The rules that the chain uses")
public final class RulesShow extends PosCommand {
    @Override
    protected View run() throws Exception {
        return RuleViews.active(node());
    }
}
