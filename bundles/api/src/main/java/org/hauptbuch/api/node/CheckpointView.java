package org.hauptbuch.api.node;

import org.hauptbuch.api.block.Checkpoint;

/**
 * A checkpoint as a node knows it.
 *
 * @param checkpoint its height and hash
 * @param epoch the epoch that it ends
 * @param timeMillis the block's time, milliseconds since 1970
 * @param kept whether this node keeps the block and its certificate
 * @param snapshot whether this node hands the state at it to new nodes
 */
public record CheckpointView(Checkpoint checkpoint, long epoch, long timeMillis, boolean kept, boolean snapshot) {}
