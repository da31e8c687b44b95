package org.hauptbuch.node.core;

import org.hauptbuch.api.vdf.DelayTask;

/**
 * How far a node is with a delay.
 *
 * @param task what it evaluates
 * @param done iterations that are done
 * @param ready whether output and proof are there
 */
public record DelayProgress(DelayTask task, long done, boolean ready) {}
