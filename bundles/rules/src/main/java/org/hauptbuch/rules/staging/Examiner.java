package org.hauptbuch.rules.staging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.node.RuleStaging.JarReport;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.rules.RuleCatalogue;

/** Says what a jar is and everything that is wrong with it here. */
final class Examiner {
    private final BundleHost host;
    private final RuleCatalogue catalogue;
    private final Trust trust;

    Examiner(BundleHost host, RuleCatalogue catalogue, Trust trust) {
        this.host = host;
        this.catalogue = catalogue;
        this.trust = trust;
    }

    JarReport examine(byte[] jar) {
        Hash digest = Hash.sha256(jar);
        JarCheck.Claim claim;
        try {
            claim = JarCheck.read(jar);
        } catch (RefusedException e) {
            return new JarReport(digest, "", "", List.of(), List.of(), List.of(), List.of(e.getMessage()));
        }
        List<String> problems = new ArrayList<>();
        List<Hash> signers = List.of();
        if (!isOfDistribution(digest)) {
            otherBytes(claim, digest).ifPresent(problems::add);
            try {
                signers = JarSigners.of(jar);
                trust.objection(signers).ifPresent(problems::add);
            } catch (RefusedException e) {
                problems.add(e.getMessage());
            }
            absent(claim, problems);
        }
        return new JarReport(
                digest,
                claim.symbolicName(),
                claim.version(),
                claim.rules(),
                claim.imports().stream().map(JarCheck.Import::toString).toList(),
                signers,
                problems);
    }

    /** Refuses a jar that may not run here because of who signed it, or did not. */
    void requireTrusted(byte[] jar) throws RefusedException {
        if (trust.signers().isEmpty()) {
            return;
        }
        Optional<String> objection = trust.objection(JarSigners.of(jar));
        if (objection.isPresent()) {
            throw new RefusedException(objection.get());
        }
    }

    /** Whether a jar of these bytes is here that was not staged. */
    boolean isOfDistribution(Hash digest) {
        return host.resident(digest).isEmpty()
                && catalogue.available().stream().anyMatch(e -> e.digest().equals(digest));
    }

    private Optional<String> otherBytes(JarCheck.Claim claim, Hash digest) {
        return catalogue.available().stream()
                .filter(e -> claim.rules().contains(e.id()) && claim.version().equals(e.version()))
                .filter(e -> !e.digest().equals(digest))
                .findFirst()
                .map(e -> "is refused by digest: rule " + e.id() + " " + e.version()
                        + " is here with other bytes (SHA-256 " + e.digest() + ", from " + e.source()
                        + "; this jar has SHA-256 " + digest + "): a changed rule needs a new Bundle-Version");
    }

    private void absent(JarCheck.Claim claim, List<String> problems) {
        List<BundleHost.Export> exports = host.exports();
        for (JarCheck.Import wanted : claim.imports()) {
            boolean met = wanted.optional()
                    || claim.exports().contains(wanted.name())
                    || exports.stream().anyMatch(wanted::isMetBy);
            if (!met) {
                List<String> others = exports.stream()
                        .filter(export -> export.name().equals(wanted.name()))
                        .map(export -> export.version().toString())
                        .distinct()
                        .sorted()
                        .toList();
                problems.add("cannot be resolved: it imports " + wanted + ", which "
                        + (others.isEmpty() ? "nothing here exports" : "is here only as " + others));
            }
        }
    }
}
