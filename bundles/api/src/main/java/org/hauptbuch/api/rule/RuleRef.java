package org.hauptbuch.api.rule;

import java.util.Comparator;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.value.Hash;

/**
 * Exactly which code, with which parameters, a chain means by a rule.
 *
 * @param kind what it decides
 * @param id its id, such as {@code selection.weighted}
 * @param version its bundle's version, such as {@code 0.1.0}
 * @param digest the SHA-256 of the jar's exact bytes
 * @param parameters what it is configured with
 */
public record RuleRef(RuleKind kind, String id, String version, Hash digest, Parameters parameters)
        implements Comparable<RuleRef> {
    private static final Comparator<RuleRef> ORDER =
            Comparator.comparing(RuleRef::kind).thenComparing(RuleRef::id);

    public RuleRef {
        if (!Validator.validId(id)) {
            throw new IllegalArgumentException("rule id: '" + id + "', must be 1 to 64 characters of a-z 0-9 _ . -");
        }
        if (version.isEmpty() || version.length() > 64) {
            throw new IllegalArgumentException("rule version: '" + version + "', must be 1 to 64 characters");
        }
    }

    /** Whether both mean the same code, whatever their parameters. */
    public boolean sameCode(RuleRef other) {
        return kind == other.kind
                && id.equals(other.id)
                && version.equals(other.version)
                && digest.equals(other.digest);
    }

    /** By kind, then id. */
    @Override
    public int compareTo(RuleRef other) {
        return ORDER.compare(this, other);
    }

    /** For people: {@code selection.weighted 0.1.0 (sha256 1a2b3c4d)}. */
    public String describe() {
        return id + " " + version + " (sha256 " + digest.shortHex() + ")";
    }

    void write(Writer out) {
        out.u8(kind.ordinal()).string(id).string(version).fixed(digest.bytes());
        parameters.write(out);
    }

    static RuleRef read(Reader in) {
        int kind = in.u8("rule.kind");
        if (kind >= RuleKind.values().length) {
            throw in.refuse("rule.kind", kind, "0 to " + (RuleKind.values().length - 1));
        }
        String id = in.string("rule.id", 64);
        String version = in.string("rule.version", 64);
        Hash digest = in.hash("rule.digest");
        Parameters parameters = Parameters.read(in);
        return in.make("rule", () -> new RuleRef(RuleKind.values()[kind], id, version, digest, parameters));
    }
}
