package org.hauptbuch.shell.command;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hauptbuch.shell.FakeContainer;
import org.junit.jupiter.api.Test;

/** What programs may read is written down. */
class ReadmeTest {
    private static final Pattern MEMBER =
            Pattern.compile("\\.put\\(\"([A-Za-z0-9]+)\"|addProperty\\(\"([A-Za-z0-9]+)\"");

    private final String readme = read(Path.of("README.md"));

    @Test
    void everyMemberThatIsWrittenIsInTheReadme() throws Exception {
        TreeSet<String> missing = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(p -> p.toString().endsWith(".java")).toList()) {
                Matcher members = MEMBER.matcher(read(source));
                while (members.find()) {
                    String name = members.group(1) != null ? members.group(1) : members.group(2);
                    if (!readme.contains("`" + name + "`")) {
                        missing.add(name + " of " + source.getFileName());
                    }
                }
            }
        }
        assertTrue(missing.isEmpty(), "not in README.md: " + missing);
    }

    @Test
    void everyReadingCommandIsInTheReadme() throws Exception {
        try (ShellHarness shell = new ShellHarness(new FakeContainer("alice"))) {
            for (String name : shell.commands()) {
                boolean sends = shell.run("pos:" + name + " --help").out().contains("--no-wait");
                assertTrue(sends || readme.contains("`pos:" + name + "`"), name);
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
