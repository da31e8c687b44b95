package org.hauptbuch.shell.complete;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.Container;

/** Ids of validators, and addresses once one is begun. */
@Service
public final class ValidatorCompleter extends NamesCompleter {
    @Override
    Collection<String> names(Container in, CommandLine line) {
        List<String> names = new ArrayList<>();
        for (NodeService node : oneNode(in)) {
            for (Validator validator : node.validators()) {
                names.add(validator.id());
                if (begun(line)) {
                    names.add(validator.address().toString());
                }
            }
        }
        return names;
    }
}
