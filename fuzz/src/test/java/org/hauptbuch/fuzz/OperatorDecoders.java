package org.hauptbuch.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.rules.staging.RefusedException;
import org.hauptbuch.rules.staging.StagingInput;
import org.hauptbuch.rules.staging.Trust;
import org.hauptbuch.shell.Arguments;
import org.hauptbuch.shell.Failure;

/** What operators type and bring: arguments of commands, rule jars. */
final class OperatorDecoders {
    private static final String MANIFEST =
            """
            Manifest-Version: 1.0
            Bundle-ManifestVersion: 2
            Bundle-SymbolicName: org.example.rule;singleton:=true
            Bundle-Version: 1.2.3
            Import-Package: org.hauptbuch.api.rule;version="[1.0,2)",a;resolution:=optional
            Export-Package: org.example.rule;version="1.0"
            Provide-Capability: hauptbuch.rule;id=example;version:Version="1.2.3"

            """;

    private OperatorDecoders() {}

    static List<Decoder> all() {
        return List.of(
                argument("argument whole", text -> Arguments.whole("NUMBER", text, 0, 1_000_000), "1_000", "7"),
                argument("argument amount", text -> Arguments.amount("AMOUNT", text), "1_000_000"),
                argument("argument rate", text -> Arguments.rate("RATE", text), "5%", "0.05"),
                argument(
                        "argument per cent",
                        text -> Arguments.percent("--ready", text, RulePlan.LEAST_READY),
                        "80",
                        "80%"),
                argument("argument seconds", text -> Arguments.seconds("--timeout", text, 1, 3_600), "60"),
                argument(
                        "argument hash",
                        text -> Arguments.hash("HASH", text),
                        Samples.hash(1).toString()),
                argument("argument key type", text -> Arguments.keyType("--type", text), "hybrid"),
                argument("argument bytes", text -> Arguments.bytes("EVIDENCE", text), "00ff"),
                Decoder.of(
                        "trusted signers",
                        IllegalArgumentException.class,
                        in -> Trust.parse(Decoder.utf8(in)),
                        Decoder.text(Samples.hash(1) + ", " + Samples.hash(2)),
                        Bytes.EMPTY),
                Decoder.of(
                        "rule jar",
                        RefusedException.class,
                        in -> StagingInput.jar(in.toArray()),
                        Bytes.of(jar(MANIFEST, ZipEntry.STORED)),
                        Bytes.of(jar(MANIFEST, ZipEntry.DEFLATED))),
                Decoder.of(
                        "manifest of a rule",
                        RefusedException.class,
                        in -> StagingInput.jar(jar(Decoder.utf8OrEmpty(in), ZipEntry.DEFLATED)),
                        Decoder.text(MANIFEST)),
                Decoder.of(
                        "manifest header",
                        RefusedException.class,
                        in -> StagingInput.header(Decoder.utf8OrEmpty(in)),
                        Decoder.text("a;b;version=\"[1.0,2)\";x:=\"y\\\"z\",c;v:Version=1")));
    }

    private static Decoder argument(String name, Consumer<String> parse, String... seeds) {
        return Decoder.of(
                name,
                Failure.class,
                in -> {
                    String text = Decoder.utf8OrEmpty(in);
                    parse.accept(text);
                },
                java.util.Arrays.stream(seeds).map(Decoder::text).toArray(Bytes[]::new));
    }

    private static byte[] jar(String manifest, int method) {
        byte[] text = manifest.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            ZipEntry entry = new ZipEntry("META-INF/MANIFEST.MF");
            entry.setTimeLocal(java.time.LocalDateTime.of(2026, 1, 1, 0, 0));
            entry.setMethod(method);
            if (method == ZipEntry.STORED) {
                java.util.zip.CRC32 crc = new java.util.zip.CRC32();
                crc.update(text);
                entry.setCrc(crc.getValue());
                entry.setSize(text.length);
            }
            zip.putNextEntry(entry);
            zip.write(text);
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
