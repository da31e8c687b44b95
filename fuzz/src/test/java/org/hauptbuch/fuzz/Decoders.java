package org.hauptbuch.fuzz;

import java.util.List;
import java.util.stream.Stream;

/** Every decoder there is. A new one is one line in the list of its bundle; a new list is one line here. */
final class Decoders {
    private Decoders() {}

    static List<Decoder> all() {
        return Stream.of(
                        ApiDecoders.chain(),
                        ApiDecoders.state(),
                        ApiDecoders.proofs(),
                        ApiDecoders.texts(),
                        LedgerDecoders.all(),
                        NodeDecoders.wire(),
                        NodeDecoders.records(),
                        NodeDecoders.files(),
                        LinkDecoders.all(),
                        CryptoDecoders.signatures(),
                        CryptoDecoders.certificates(),
                        CryptoDecoders.delays(),
                        OperatorDecoders.all())
                .flatMap(List::stream)
                .toList();
    }
}
