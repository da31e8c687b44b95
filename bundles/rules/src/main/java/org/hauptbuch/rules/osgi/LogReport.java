package org.hauptbuch.rules.osgi;

import org.hauptbuch.rules.staging.Report;
import org.slf4j.Logger;

/**
 * Staging's lines go to a log.
 *
 * @param log which
 */
record LogReport(Logger log) implements Report {
    @Override
    public void info(String line) {
        log.info("{}", line);
    }

    @Override
    public void warn(String line) {
        log.warn("{}", line);
    }
}
