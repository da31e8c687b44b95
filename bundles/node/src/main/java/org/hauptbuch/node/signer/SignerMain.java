package org.hauptbuch.node.signer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.crypto.PassphraseCipher;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.net.LinkConfig;
import org.hauptbuch.node.keys.KeyFile;
import org.hauptbuch.node.keys.KeySafe;

/**
 * A validator's key in a process of its own, without a container: {@code keys/NAME.key} of a home, its records in {@code
 * signer/}, and the secret that its node needs in {@code signer.secret}.
 */
public final class SignerMain {
    private static final Set<String> OPTIONS =
            Set.of("--home", "--key", "--listen", "--passphrase-file", "--first-height");

    private final Path home;
    private final Map<String, String> options;

    private SignerMain(Map<String, String> options) {
        this.options = options;
        this.home = Path.of(required("--home"));
    }

    /** Runs a signer until the process is told to end; a refusal is one line on standard error and exit code 1. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            SignerServer server = new SignerMain(parse(List.of(arguments))).open();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
            server.awaitClose();
        } catch (IllegalArgumentException | UncheckedIOException | PoSException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void close(SignerServer server) {
        try {
            server.close();
            System.out.println("signer stopped");
        } catch (IOException | UncheckedIOException e) {
            System.err.println("signer stopped: " + e.getMessage());
        }
    }

    static Map<String, String> parse(List<String> arguments) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (!OPTIONS.contains(name) || i + 1 == arguments.size()) {
                throw new IllegalArgumentException("option: '" + name + "', must be one of "
                        + OPTIONS.stream().sorted().toList() + " with a value");
            }
            options.put(name, arguments.get(i + 1));
        }
        return options;
    }

    private String required(String name) {
        return Optional.ofNullable(options.get(name))
                .orElseThrow(() -> new IllegalArgumentException("option " + name + " is missing"));
    }

    private SignerServer open() {
        String name = required("--key");
        Path keyFile = KeyFile.in(home.resolve("keys"), name);
        if (!Validator.validId(name) || !Files.exists(keyFile)) {
            throw new IllegalArgumentException(
                    "--key: '" + name + "', must be that of a key in " + home.resolve("keys"));
        }
        Map.Entry<String, Integer> address = LinkConfig.hostAndPort(required("--listen"));
        KeySafe safe = KeySafe.of(
                home,
                Optional.ofNullable(options.get("--passphrase-file")).map(Path::of),
                onClassPath(SignatureScheme.class),
                onClassPath(PassphraseCipher.class));
        SignerServer server = open(
                home,
                safe.signer(keyFile),
                firstHeight(options.getOrDefault("--first-height", "")),
                new InetSocketAddress(address.getKey(), address.getValue()));
        System.out.println("signer listens on " + address.getKey() + ":" + server.port() + " for the node with "
                + home.resolve(SharedSecret.FILE) + ", signs from height " + server.firstHeight());
        return server;
    }

    private static Optional<Long> firstHeight(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("--first-height: '" + text + "', must be a block height");
        }
        return Optional.of(Long.parseLong(text));
    }

    /** Secret and records are made together: one without the other means that records were lost. */
    static SignerServer open(Path home, Signer signer, Optional<Long> firstHeight, InetSocketAddress address) {
        Path secretFile = home.resolve(SharedSecret.FILE);
        Path recordFile = home.resolve("signer").resolve("records");
        boolean isFirst = !Files.exists(secretFile);
        if (!isFirst && !Files.exists(recordFile) && firstHeight.isEmpty()) {
            throw new IllegalArgumentException(recordFile + " is not there: what this key signed is not known. Bring it"
                    + " back, or start with --first-height, above everything that the key may have signed");
        }
        SignerRecords records = new SignerRecords(recordFile);
        boolean open = false;
        try {
            firstHeight.ifPresent(records::closeBelow);
            if (isFirst) {
                SharedSecret.make(signer.publicKey()).write(secretFile);
            }
            SharedSecret secret = SharedSecret.read(secretFile);
            if (!secret.key().equals(signer.publicKey())) {
                throw new IllegalArgumentException(
                        secretFile + " is of the key " + secret.key().shortText() + ", must be of "
                                + signer.publicKey().shortText() + ": one home for each key");
            }
            SignerServer server = new SignerServer(address, secret.secret(), signer, records, System.out::println);
            open = true;
            return server;
        } finally {
            if (!open) {
                records.close();
            }
        }
    }

    private static <T> T onClassPath(Class<T> service) {
        return ServiceLoader.load(service)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no " + service.getSimpleName() + " on the class path, must be one"));
    }
}
