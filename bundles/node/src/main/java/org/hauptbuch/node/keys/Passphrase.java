package org.hauptbuch.node.keys;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hauptbuch.api.crypto.PassphraseCipher.Cost;
import org.hauptbuch.api.value.Bytes;

/**
 * What keys are encrypted with.
 *
 * @param text 8 to 1024 characters without control characters, as UTF-8 at most 4096 bytes
 * @param source where it came from, for refusals
 */
record Passphrase(String text, String source) {
    /** The environment variable that may hold it. */
    static final String VARIABLE = "HAUPTBUCH_PASSPHRASE";

    /** The file of a home that may hold it; a development network's always does. */
    static final String FILE = "passphrase";

    private static final int MIN_LENGTH = 8;
    private static final int MAX_LENGTH = 1024;
    private static final int RANDOM_BYTES = 32;

    /** @throws IllegalArgumentException naming its source, but not it */
    Passphrase {
        if (text.length() < MIN_LENGTH || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(source + ": the passphrase has " + text.length()
                    + " characters, must be " + MIN_LENGTH + " to " + MAX_LENGTH);
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    source + ": the passphrase has control characters, must be one line of text");
        }
    }

    /**
     * That of a home: in {@code chosen}, else in its own file, else in the environment.
     *
     * @throws IllegalArgumentException where there is none, saying where it was looked for, or a file is no passphrase or
     *     others may read it
     * @throws java.io.UncheckedIOException where a file cannot be read
     */
    static Passphrase of(Path home, Optional<Path> chosen, UnaryOperator<String> environment) {
        Path own = home.resolve(FILE);
        if (chosen.isPresent() || Files.exists(own)) {
            return in(chosen.orElse(own));
        }
        String value = environment.apply(VARIABLE);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("there is no passphrase for the keys of this home: neither in " + own
                    + " nor in the environment variable " + VARIABLE);
        }
        return new Passphrase(value, VARIABLE);
    }

    /** The first and only line of a file. */
    static Passphrase in(Path file) {
        String text = PrivateFile.read(file, 4 * MAX_LENGTH + 2);
        String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return new Passphrase(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line, file.toString());
    }

    /** That of a home, which gets a file with 256 random bits where it has none. */
    static Passphrase make(Path home) {
        Path own = home.resolve(FILE);
        if (!Files.exists(own)) {
            byte[] random = new byte[RANDOM_BYTES];
            new SecureRandom().nextBytes(random);
            PrivateFile.write(own, Bytes.of(random).hex() + "\n");
        }
        return in(own);
    }

    /** What it is to cost to try it: little where it is 256 random bits, which nobody can try. */
    Cost cost() {
        return text.matches("[0-9a-f]{" + 2 * RANDOM_BYTES + "}") ? Cost.RANDOM : Cost.CHOSEN;
    }

    Bytes bytes() {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Passphrase[" + source + "]";
    }
}
