package org.hauptbuch.api.rule;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A consensus rule: a function of (immutable view, input) to a result. It keeps no state of its own; what must be
 * remembered is in the ledger, in the rule's own namespace. No clock, random, threads, I/O, locale, floating point,
 * hash-order iteration, mutable statics or reflection: two nodes that disagree by one bit are a fork.
 */
@ConsumerType
public interface Rule {}
