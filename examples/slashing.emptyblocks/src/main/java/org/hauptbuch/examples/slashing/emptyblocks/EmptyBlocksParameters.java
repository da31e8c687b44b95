package org.hauptbuch.examples.slashing.emptyblocks;

import java.util.Set;
import org.hauptbuch.api.rule.Parameters;

/**
 * What the rule is configured with. The chain holds the parameters as text; this record is where they become numbers,
 * and where wrong ones are refused before the rule is adopted.
 *
 * @param limit parameter {@code limit}: so many empty blocks in a row are an offence, 1 to 1000, default 10
 */
record EmptyBlocksParameters(int limit) {
    static EmptyBlocksParameters from(Parameters parameters) {
        // only(): a misspelled name is an error and not a silent default
        return new EmptyBlocksParameters((int) parameters.only(Set.of("limit")).whole("limit", 10, 1, 1000));
    }
}
