package org.hauptbuch.vdf.wesolowski;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.vdf.DelayTask;

/** What Chia's reference implementation computed; a test that reads it is skipped where it is absent. */
final class Vectors {
    /** A discriminant's bits. */
    static final int BITS = 2_048;

    /**
     * One line.
     *
     * @param task the seed and iterations
     * @param output the form at the end
     * @param proof in one segment
     */
    record Vector(DelayTask task, Bytes output, Bytes proof) {}

    private Vectors() {}

    static List<Vector> all() throws IOException {
        Path file = Path.of(System.getProperty("vectors", "../shared/vectors")).resolve("vdf/wesolowski-2048.csv");
        assumeTrue(Files.exists(file), "no vectors at " + file);
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .map(Vectors::parse)
                .toList();
    }

    private static Vector parse(String line) {
        String[] fields = line.split(",", -1);
        DelayTask task = new DelayTask(Bytes.fromHex(fields[0]), BITS, Long.parseLong(fields[1]));
        int split = 2 * task.formBytes();
        return new Vector(
                task, Bytes.fromHex(fields[2].substring(0, split)), Bytes.fromHex(fields[2].substring(split)));
    }
}
