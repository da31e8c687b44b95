package org.hauptbuch.api.node;

import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.value.Hash;

/**
 * An account with the proof of it.
 *
 * @param height the block after which it is so
 * @param stateRoot the root of the state after it: the {@code stateRoot} of that block's header
 * @param proof what the state holds under the account's key (16 bytes, balance and nonce, big-endian), or that it holds
 *     nothing
 */
public record AccountProof(long height, Hash stateRoot, StateProof proof) {}
