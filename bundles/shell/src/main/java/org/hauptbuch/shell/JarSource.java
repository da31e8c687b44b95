package org.hauptbuch.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.hauptbuch.api.node.RuleStaging;
import org.hauptbuch.api.value.Bytes;

/** Reads a jar that an operator names. The network is only used where a URL says so; what is too long is never kept. */
public final class JarSource {
    /** The longest that a download may take. */
    static final Duration MOST = Duration.ofSeconds(120);

    private static final int IDLE_MILLIS = 10_000;
    private static final String FORM = "a file, or a URL that begins with file:, http: or https:";
    // one letter and a colon is a drive
    private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

    private final Pause pause;
    private final int most;

    public JarSource(Pause pause) {
        this(pause, RuleStaging.MAX_JAR_BYTES);
    }

    JarSource(Pause pause, int most) {
        this.pause = pause;
        this.most = most;
    }

    /** The exact bytes. @throws Failure where there are none, too many, or they do not come in time */
    public Bytes read(String argument, String text) {
        try {
            return URL.matcher(text).matches() ? url(argument, text) : file(argument, text, Path.of(text));
        } catch (InvalidPathException | URISyntaxException | MalformedURLException e) {
            throw Failure.argument(argument, text, FORM + " (" + e.getMessage() + ")");
        } catch (IOException e) {
            throw new Failure(argument + " " + text + " cannot be read: " + e, e);
        }
    }

    private Bytes url(String argument, String text) throws IOException, URISyntaxException {
        URI uri = new URI(text);
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (scheme.equals("file")) {
            String path = uri.getPath();
            if (path == null || path.isEmpty()) {
                throw Failure.argument(argument, text, "a URL of a file, such as file:/tmp/rule.jar");
            }
            return file(argument, text, Path.of(path));
        }
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw Failure.argument(argument, text, FORM);
        }
        if (uri.getHost() == null) {
            throw Failure.argument(argument, text, "a URL with a host");
        }
        URLConnection connection = uri.toURL().openConnection();
        connection.setConnectTimeout(IDLE_MILLIS);
        connection.setReadTimeout(IDLE_MILLIS);
        connection.setUseCaches(false);
        if (connection instanceof HttpURLConnection http && http.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new Failure(argument + " " + text + " cannot be read: the server answers " + http.getResponseCode()
                    + ", must be 200");
        }
        try (InputStream in = connection.getInputStream()) {
            return bounded(argument, text, in);
        }
    }

    private Bytes file(String argument, String text, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw Failure.argument(argument, text, FORM + " (" + file.toAbsolutePath() + " is no file)");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return bounded(argument, text, in);
        }
    }

    private Bytes bounded(String argument, String text, InputStream in) throws IOException {
        long deadline = pause.nanoTime() + MOST.toNanos();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            if (out.size() > most) {
                throw Failure.argument(argument, text, "a jar of at most " + most + " bytes");
            }
            if (pause.nanoTime() > deadline) {
                throw new Failure(argument + " " + text + " is not here after " + MOST.toSeconds() + " s");
            }
        }
        return Bytes.of(out.toByteArray());
    }
}
