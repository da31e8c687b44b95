package org.hauptbuch.ledger.state;

import org.hauptbuch.api.value.Bytes;

/**
 * A key of the state that knows what kind of value stands under it.
 *
 * @param bytes the key
 * @param codec the encoding of its value
 * @param <T> the kind of its value
 */
public record Key<T>(Bytes bytes, Codec<T> codec) {}
