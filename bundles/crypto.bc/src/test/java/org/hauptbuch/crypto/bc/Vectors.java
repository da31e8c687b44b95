package org.hauptbuch.crypto.bc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hauptbuch.api.crypto.SignedMessage;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;

/** The signatures that others made for testing; a test that reads them is skipped where they are absent. */
final class Vectors {
    private Vectors() {}

    /** Bernstein's sign.input: secret || public : public : message : signature || message. */
    static List<String[]> signInput() throws IOException {
        return Files.readAllLines(vector("ed25519/sign-input.txt")).stream()
                .map(line -> line.split(":", -1))
                .toList();
    }

    static SignedMessage ofSignInput(String[] fields) {
        return new SignedMessage(key(fields[1]), Bytes.fromHex(fields[2]), Bytes.fromHex(fields[3].substring(0, 128)));
    }

    /** C2SP/CCTV. */
    static List<JsonObject> edgeCases() throws IOException {
        return parse("cctv-edge-cases.json");
    }

    static SignedMessage ofEdgeCase(JsonObject edge) {
        return new SignedMessage(
                key(edge.get("key").getAsString()),
                Bytes.of(edge.get("msg").getAsString().getBytes(StandardCharsets.US_ASCII)),
                Bytes.fromHex(edge.get("sig").getAsString()));
    }

    /** "Taming the many EdDSAs", table 5. */
    static List<SignedMessage> speccheck() throws IOException {
        return parse("speccheck-cases.json").stream()
                .map(check -> new SignedMessage(
                        key(check.get("pub_key").getAsString()),
                        Bytes.fromHex(check.get("message").getAsString()),
                        Bytes.fromHex(check.get("signature").getAsString())))
                .toList();
    }

    /** All of them. */
    static List<SignedMessage> all() throws IOException {
        List<SignedMessage> all = new ArrayList<>(speccheck());
        signInput().forEach(fields -> all.add(ofSignInput(fields)));
        edgeCases().forEach(edge -> all.add(ofEdgeCase(edge)));
        return all;
    }

    /** ECVRF: "sk", "pk", "alpha" and "beta" of cardano-base's file of this number. */
    static Map<String, String> ecvrf(int number) throws IOException {
        return fields(Files.readAllLines(vector("ecvrf/rfc9381-standard-" + number + ".txt")), ": ");
    }

    /** NIST's cases for ML-DSA-65 of "keyGen" or "sigVer". */
    static List<Map<String, String>> mlDsa65(String mode) throws IOException {
        List<Map<String, String>> cases = new ArrayList<>();
        for (String block :
                Files.readString(vector("mldsa/ML-DSA-" + mode + ".txt")).split("\\R\\s*\\R", -1)) {
            Map<String, String> fields = fields(block.lines().toList(), " = ");
            if ("ML-DSA-65".equals(fields.get("parameterSet"))) {
                cases.add(fields);
            }
        }
        return cases;
    }

    private static Map<String, String> fields(List<String> lines, String separator) {
        Map<String, String> fields = new HashMap<>();
        for (String line : lines) {
            String[] parts = line.split(separator, 2);
            if (parts.length == 2) {
                fields.put(parts[0], parts[1].strip());
            }
        }
        return fields;
    }

    private static PublicKey key(String hex) {
        return new PublicKey(KeyType.ED25519, Bytes.fromHex(hex));
    }

    private static List<JsonObject> parse(String file) throws IOException {
        List<JsonObject> cases = new ArrayList<>();
        for (JsonElement element : JsonParser.parseString(Files.readString(vector("ed25519/" + file)))
                .getAsJsonArray()) {
            cases.add(element.getAsJsonObject());
        }
        return cases;
    }

    private static Path vector(String file) {
        Path path = Path.of(System.getProperty("vectors", "../../../shared/vectors"), file);
        assumeTrue(Files.exists(path), file + " is absent from the folder of test vectors");
        return path;
    }
}
