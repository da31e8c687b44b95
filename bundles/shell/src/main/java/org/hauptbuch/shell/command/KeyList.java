package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.StakeViews;
import org.hauptbuch.shell.view.View;

/** The keys of this home */
@Service
@Command(scope = "pos", name = "key-list", description = "The keys of this home")
public final class KeyList extends PosCommand {
    @Argument(index = 0, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        return StakeViews.keys(Directory.keyring(container()).list());
    }
}
