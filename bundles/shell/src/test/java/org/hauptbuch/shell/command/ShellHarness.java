package org.hauptbuch.shell.command;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.ManagerImpl;
import org.apache.karaf.shell.impl.action.osgi.RegistryImpl;
import org.apache.karaf.shell.impl.console.SessionFactoryImpl;
import org.apache.karaf.shell.impl.console.parsing.CommandLineParser;
import org.apache.karaf.shell.support.ShellUtil;
import org.hauptbuch.shell.Container;

/** Karaf's own shell in this process, with our commands in it and without OSGi. */
final class ShellHarness implements AutoCloseable {
    /**
     * What came of a line.
     *
     * @param out standard output, as ssh would carry it
     * @param err standard error
     * @param exit the exit code over ssh
     * @param thrown what the command threw, if it did
     */
    record Answer(String out, String err, int exit, Exception thrown) {
        JsonObject json() {
            return JsonParser.parseString(out).getAsJsonObject();
        }
    }

    private final ThreadIOImpl io = new ThreadIOImpl();
    private final SessionFactoryImpl factory = new SessionFactoryImpl(io);

    ShellHarness(Container container) throws Exception {
        io.start();
        RegistryImpl dependencies = new RegistryImpl(factory.getRegistry());
        dependencies.register(container);
        ManagerImpl manager = new ManagerImpl(dependencies, factory.getRegistry());
        for (Class<?> type : services()) {
            manager.register(type);
        }
    }

    /** Runs a line as {@code ssh} does: what a command throws is logged by the shell, and the exit code is 1. */
    Answer run(String line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Session session = session(out, err);
        int exit = 0;
        Exception thrown = null;
        try {
            Object result = session.execute(line);
            exit = result instanceof Integer code ? code : 0;
        } catch (Exception e) {
            ShellUtil.logException(session, e);
            exit = 1;
            thrown = e;
        } finally {
            session.close();
        }
        return new Answer(out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), exit, thrown);
    }

    /** What TAB offers at the end of {@code line}. */
    List<String> complete(String line) {
        String name = line.substring(line.indexOf(':') + 1, line.indexOf(' '));
        String word = line.substring(line.lastIndexOf(' ') + 1);
        Session session = session(new ByteArrayOutputStream(), new ByteArrayOutputStream());
        List<String> candidates = new ArrayList<>();
        session.getRegistry()
                .getCommand("pos", name)
                .getCompleter(true)
                .complete(session, CommandLineParser.buildCommandLine(session, line, line.length()), candidates);
        session.close();
        return candidates.stream()
                .map(String::strip)
                .filter(candidate -> candidate.startsWith(word))
                .sorted()
                .toList();
    }

    /** The names of all commands of the scope. */
    TreeSet<String> commands() {
        Session session = session(new ByteArrayOutputStream(), new ByteArrayOutputStream());
        TreeSet<String> names = new TreeSet<>(session.getRegistry().getCommands().stream()
                .filter(command -> command.getScope().equals("pos"))
                .map(Command::getName)
                .toList());
        session.close();
        return names;
    }

    @Override
    public void close() {
        factory.stop();
        io.stop();
    }

    private Session session(ByteArrayOutputStream out, ByteArrayOutputStream err) {
        return factory.create(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    // as the bundle's header Karaf-Commands says: all of the two packages
    static List<Class<?>> services() throws Exception {
        List<Class<?>> found = new ArrayList<>();
        Path classes = Path.of(PosCommand.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        for (String folder : List.of("org/hauptbuch/shell/command", "org/hauptbuch/shell/complete")) {
            try (Stream<Path> files = Files.list(classes.resolve(folder))) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".class") && !name.contains("$") && !name.equals("package-info.class")) {
                        Class<?> type = Class.forName((folder + "/" + name.replace(".class", "")).replace('/', '.'));
                        if (type.isAnnotationPresent(Service.class) && !Modifier.isAbstract(type.getModifiers())) {
                            found.add(type);
                        }
                    }
                }
            }
        }
        return found;
    }
}
