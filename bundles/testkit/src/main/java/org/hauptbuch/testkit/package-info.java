/**
 * A network of real nodes in one thread: clock, links and disks are simulated, the node, the ledger and the rules are
 * the ones that run in a container. Everything that happens is drawn from one seed, so that a failure is replayed by
 * its seed. Authors of rules put their rules into a {@link org.hauptbuch.testkit.Rulebook} and let
 * {@link org.hauptbuch.testkit.Chaos} do its worst; {@link org.hauptbuch.testkit.History} says what must hold.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.testkit;
