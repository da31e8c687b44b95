package org.hauptbuch.ledger.state;

import org.hauptbuch.api.value.Bytes;

/**
 * The beginning that the keys of one table, or of a part of it, have in common.
 *
 * @param bytes the beginning
 * @param codec the encoding of the values
 * @param <T> the kind of the values
 */
public record Prefix<T>(Bytes bytes, Codec<T> codec) {}
