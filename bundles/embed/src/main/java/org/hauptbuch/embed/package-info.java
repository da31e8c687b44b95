/**
 * A chain inside the embedding program, with the verbs of the specification. Everything is real, namely the ledger, the
 * rules, the signatures, the certificates; what is missing is the network: all validators whose keys the program holds
 * agree within one call.
 *
 * <pre>{@code
 * PoSConsensus consensus = PoSConsensus.builder(scheme)
 *         .rule("selection.weighted", new WeightedSelectionFactory()) // and one rule of every other kind
 *         .validator("alice", aliceKey, 2_000_000)
 *         .account(erinKey, 10_000_000)
 *         .build();
 * consensus.startConsensus();
 * Block block = consensus.produceBlock(
 *         List.of(consensus.transaction(erin, new Payload.Transfer(frank, 1_000))));
 * }</pre>
 *
 * <p>Programs begin with {@link org.hauptbuch.embed.PoSConsensus#builder}. Nobody implements
 * anything here; every refusal is a {@link org.hauptbuch.api.error.PoSException} with one of the specification's
 * eighteen errors.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.embed;
