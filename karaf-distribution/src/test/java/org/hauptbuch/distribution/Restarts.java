package org.hauptbuch.distribution;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** Sees every bundle that stops, is updated or loses its wiring from now on. */
final class Restarts implements SynchronousBundleListener {
    private static final int DISTURBED = BundleEvent.STOPPED | BundleEvent.UPDATED | BundleEvent.UNRESOLVED;

    private final List<String> disturbed = new CopyOnWriteArrayList<>();

    Restarts(BundleContext context) {
        context.addBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if ((event.getType() & DISTURBED) != 0) {
            disturbed.add(event.getBundle().getSymbolicName());
        }
    }

    /** The symbolic names of the disturbed bundles, but for one that was meant to be. */
    List<String> except(String symbolicName) {
        return disturbed.stream().filter(name -> !name.equals(symbolicName)).collect(Collectors.toList());
    }
}
