package org.hauptbuch.shell.complete;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.shell.Container;

/** Keys, ids of validators, and addresses of both once one is begun. */
@Service
public final class AccountCompleter extends NamesCompleter {
    @Override
    Collection<String> names(Container in, CommandLine line) {
        Set<String> names = new TreeSet<>();
        for (NodeService node : oneNode(in)) {
            for (Validator validator : node.validators()) {
                add(names, validator.id(), validator.address(), line);
            }
        }
        in.keyring().stream()
                .flatMap(keyring -> keyring.list().stream())
                .forEach(key -> add(names, key.name(), key.address(), line));
        return names;
    }

    private static void add(Set<String> names, String name, Address address, CommandLine line) {
        names.add(name);
        if (begun(line)) {
            names.add(address.toString());
        }
    }
}
