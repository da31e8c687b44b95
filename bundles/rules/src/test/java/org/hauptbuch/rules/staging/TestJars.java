package org.hauptbuch.rules.staging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes jars of rule bundles, without a class in them. */
public final class TestJars {
    private TestJars() {}

    /** A slashing condition's bundle; {@code content} makes other bytes of the same id and version. */
    public static byte[] rule(String id, String version, String content) {
        return jar(headers(id, version), content);
    }

    /** The headers of such a bundle, to be changed. */
    public static Map<String, String> headers(String id, String version) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Bundle-ManifestVersion", "2");
        headers.put("Bundle-SymbolicName", "org.example." + id);
        headers.put("Bundle-Version", version);
        headers.put("Provide-Capability", "hauptbuch.rule;kind=slashing;id=\"" + id + "\"");
        return headers;
    }

    /** A jar with these headers and one file. */
    public static byte[] jar(Map<String, String> headers, String content) {
        StringBuilder manifest = new StringBuilder("Manifest-Version: 1.0\n");
        headers.forEach((name, value) ->
                manifest.append(name).append(": ").append(value).append('\n'));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, "content.txt", content);
            if (!headers.isEmpty()) {
                put(zip, "META-INF/MANIFEST.MF", manifest.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
