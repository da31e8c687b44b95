package org.hauptbuch.api.node;

import java.util.List;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.osgi.annotation.versioning.ProviderType;

/** Brings rule jars into this container, beside what runs. One service for all nodes of the container. Thread-safe. */
@ProviderType
public interface RuleStaging {
    /** The most bytes of a jar. */
    int MAX_JAR_BYTES = 16 << 20;

    /**
     * A jar that was looked into.
     *
     * @param digest the SHA-256 of its exact bytes
     * @param symbolicName its Bundle-SymbolicName; empty where it is no bundle
     * @param version its Bundle-Version; empty where it is no bundle
     * @param rules the ids of the rules inside
     * @param imports the packages that it would import, with their version ranges
     * @param signers who signed every entry of it, as the SHA-256 of each signer's certificate; empty where nobody did
     * @param problems why it would be refused here, one line each; empty where it would be staged
     */
    record JarReport(
            Hash digest,
            String symbolicName,
            String version,
            List<String> rules,
            List<String> imports,
            List<Hash> signers,
            List<String> problems) {
        public JarReport {
            rules = List.copyOf(rules);
            imports = List.copyOf(imports);
            signers = List.copyOf(signers);
            problems = List.copyOf(problems);
        }
    }

    /** Looks into a jar and installs nothing. */
    JarReport examine(Bytes jar);

    /**
     * Keeps a jar by its digest, installs it beside what runs and starts it. One that is here already is left alone.
     *
     * @param source where it came from, for people
     * @return what it is, without problems
     * @throws org.hauptbuch.api.error.PoSException CONSENSUS_STATE_UPDATE_FAILED where it is refused, in one line; nothing
     *     is left behind then
     */
    JarReport stage(Bytes jar, String source);

    /**
     * Takes a staged jar out of the container, its class loader included once nobody uses a class of it; no other bundle
     * is stopped or refreshed. For a jar that no rule set of a chain names any more ({@link NodeService#namedJars}). Its
     * bytes stay kept by their digest.
     *
     * @return whether it was in; what the distribution brought stays
     */
    boolean retire(Hash digest);
}
