package org.hauptbuch.ledger.block;

import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.vdf.DelayFunction;

/**
 * What verifies.
 *
 * @param scheme signatures
 * @param delay delays
 */
public record Judges(SignatureScheme scheme, DelayFunction delay) {}
