package org.hauptbuch.shell.complete;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Offers nothing and takes any word, such as an amount, so that what follows it is completed. */
@Service
public final class AnyCompleter extends OptionCompleter {
    public AnyCompleter() {
        super(List.of());
    }
}
