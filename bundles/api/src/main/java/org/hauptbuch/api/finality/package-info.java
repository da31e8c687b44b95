/**
 * How validators agree on one block a height, as a state machine without I/O: messages and timeouts in,
 * actions out. Rule authors implement {@link org.hauptbuch.api.finality.FinalityRule} and
 * {@link org.hauptbuch.api.finality.FinalityMachine}; the node feeds events and carries out actions.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.1.0")
package org.hauptbuch.api.finality;
