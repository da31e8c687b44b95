/**
 * What the commands do, in plain Java: choosing a node, reading arguments, sending transactions, waiting. The classes
 * that Karaf sees are in {@code command} and {@code complete}.
 */
package org.hauptbuch.shell;
