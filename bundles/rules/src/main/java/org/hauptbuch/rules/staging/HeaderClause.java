package org.hauptbuch.rules.staging;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One clause of a manifest header: OSGi Core 8, section 3.2.3 "Common Header Syntax". The framework has a parser of its
 * own, but shows what it read only of bundles that it has installed.
 *
 * @param paths what the clause is about, such as packages
 * @param attributes by name, without their types, {@code version} for {@code version:Version="1.0"}
 * @param directives by name, {@code resolution} for {@code resolution:=optional}
 */
record HeaderClause(List<String> paths, Map<String, String> attributes, Map<String, String> directives) {
    /** The clauses of {@code header}; none where it is absent. */
    static List<HeaderClause> parse(String name, String header) throws RefusedException {
        List<HeaderClause> clauses = new ArrayList<>();
        if (header == null) {
            return clauses;
        }
        for (String clause : split(name, header, ',')) {
            List<String> paths = new ArrayList<>();
            Map<String, String> attributes = new TreeMap<>();
            Map<String, String> directives = new TreeMap<>();
            for (String part : split(name, clause, ';')) {
                int equals = equalsSign(part);
                if (equals < 0) {
                    paths.add(part);
                } else if (part.charAt(equals - 1) == ':') {
                    directives.put(part.substring(0, equals - 1).strip(), unquoted(part.substring(equals + 1)));
                } else {
                    String key = part.substring(0, equals);
                    int type = key.indexOf(':');
                    attributes.put(
                            (type < 0 ? key : key.substring(0, type)).strip(), unquoted(part.substring(equals + 1)));
                }
            }
            if (paths.isEmpty()) {
                throw malformed(name, clause);
            }
            clauses.add(new HeaderClause(paths, attributes, directives));
        }
        return clauses;
    }

    /** Splits at {@code separator} outside of quotes. */
    private static List<String> split(String name, String text, char separator) throws RefusedException {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i <= text.length(); i++) {
            boolean end = i == text.length();
            char c = end ? separator : text.charAt(i);
            if (!end && c == '\\' && quoted && i + 1 < text.length()) {
                part.append(c).append(text.charAt(++i));
            } else if (c == separator && (!quoted || end)) {
                String stripped = part.toString().strip();
                if (quoted || stripped.isEmpty() || stripped.startsWith("=") || stripped.startsWith(":=")) {
                    throw malformed(name, text);
                }
                parts.add(stripped);
                part.setLength(0);
            } else {
                quoted ^= c == '"';
                part.append(c);
            }
        }
        return parts;
    }

    // a quoted text never comes before the first equals sign
    private static int equalsSign(String part) {
        int equals = part.indexOf('=');
        int quote = part.indexOf('"');
        return quote >= 0 && quote < equals ? -1 : equals;
    }

    private static String unquoted(String value) {
        String text = value.strip();
        if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
            return text;
        }
        return text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1");
    }

    private static RefusedException malformed(String name, String text) {
        String shown = text.length() <= 100 ? text : text.substring(0, 100) + "...";
        return new RefusedException("is not an OSGi bundle: its header " + name + " cannot be read at '" + shown + "'");
    }
}
