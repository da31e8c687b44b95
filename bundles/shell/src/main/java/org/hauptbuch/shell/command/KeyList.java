package org.hauptbuch.shell.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.view.StakeViews;
import org.hauptbuch.shell.view.View;

/** The keys of this home */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "pos", name = "key-list", description = "The keys of this home")
public final class KeyList extends PosCommand {
    @Override
    protected View run() throws Exception {
        return StakeViews.keys(Directory.keyring(container()).list());
    }
}
