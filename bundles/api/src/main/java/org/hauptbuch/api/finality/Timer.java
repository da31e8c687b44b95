package org.hauptbuch.api.finality;

/**
 * Names a timer: armed at most once within a height.
 *
 * @param step what it waits for, in the protocol's words
 * @param round the round that it belongs to
 */
public record Timer(String step, int round) {}
