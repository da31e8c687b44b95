package org.hauptbuch.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.parsing.CommandLineImpl;
import org.apache.karaf.shell.support.parsing.DefaultParser;

/**
 * Lets people type options behind arguments, and percentages without quotes: Karaf takes every word after the first
 * argument for an argument, and its language takes a bare percent sign for an expression.
 */
@Service
public final class OptionsAnywhere implements Parser {
    /** The options without a value; every other one takes the next word. */
    static final Set<String> FLAGS = Set.of("--help", "--json", "--ready", "--wait", "--no-wait");

    /** A line as it is completed, that remembers all its words. */
    private static final class Line extends CommandLineImpl {
        private final String[] words;

        private Line(String[] words, Split split, CommandLine typed) {
            super(
                    split.words.toArray(String[]::new),
                    split.cursor,
                    typed.getArgumentPosition(),
                    typed.getBufferPosition(),
                    typed.getBuffer());
            this.words = words;
        }
    }

    /** What the words before the cursor leave to be completed, and where in it the cursor is. */
    private record Split(List<String> words, int cursor) {}

    @Override
    public CommandLine parse(Session session, String command, int cursor) {
        CommandLine typed = new DefaultParser().parse(session, command, cursor);
        String[] words = typed.getArguments();
        return new Line(words, split(words, typed.getCursorArgumentIndex()), typed);
    }

    @Override
    public String preprocess(Session session, CommandLine line) {
        String[] words = line instanceof Line ours ? ours.words : line.getArguments();
        List<String> options = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            if (!isOption(words[i])) {
                arguments.add(quoted(words[i]));
                continue;
            }
            options.add(quoted(words[i]));
            if (takesNext(words[i]) && i + 1 < words.length) {
                options.add(quoted(words[++i]));
            }
        }
        List<String> all = new ArrayList<>();
        all.add(words[0]);
        all.addAll(options);
        all.addAll(arguments);
        return String.join(" ", all);
    }

    private static Split split(String[] words, int cursor) {
        if (cursor <= 0) {
            return new Split(List.of(words), cursor);
        }
        List<String> kept = new ArrayList<>();
        kept.add(words[0]);
        String waiting = null;
        for (int i = 1; i < Math.min(cursor, words.length); i++) {
            if (waiting != null) {
                waiting = null;
            } else if (!isOption(words[i])) {
                kept.add(words[i]);
            } else if (takesNext(words[i])) {
                waiting = words[i];
            }
        }
        boolean optionBegun = cursor < words.length && isOption(words[cursor]);
        if (waiting != null || optionBegun) {
            kept.subList(1, kept.size()).clear();
        }
        if (waiting != null) {
            kept.add(waiting);
        }
        int at = kept.size();
        if (cursor < words.length) {
            kept.add(words[cursor]);
        }
        return new Split(kept, at);
    }

    private static boolean isOption(String word) {
        return word.startsWith("-");
    }

    private static boolean takesNext(String option) {
        return option.indexOf('=') < 0 && !FLAGS.contains(option);
    }

    private static String quoted(String word) {
        boolean plain = word.chars().noneMatch(c -> "'\"$\\`({[<".indexOf(c) >= 0);
        return plain && word.indexOf('%') >= 0 ? "'" + word + "'" : word;
    }
}
