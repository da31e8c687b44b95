package org.hauptbuch.shell.view;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A command's answer: JSON for programs, and the same as lines, fields and tables for people. Not thread-safe. */
public final class View {
    private final JsonObject json;
    private final List<Part> parts = new ArrayList<>();
    private String failure;

    /** One piece of text. */
    public sealed interface Part {}

    /**
     * A line.
     *
     * @param text without an end of line
     */
    public record Line(String text) implements Part {}

    /**
     * A named value.
     *
     * @param name in words
     * @param value for people
     */
    public record Field(String name, String value) implements Part {}

    /**
     * A table.
     *
     * @param columns the heads
     * @param rows as many cells each
     * @param empty what to say where there are no rows
     */
    public record Table(List<String> columns, List<List<String>> rows, String empty) implements Part {
        /** Adds a row. */
        public Table row(Object... cells) {
            rows.add(Arrays.stream(cells).map(String::valueOf).toList());
            return this;
        }
    }

    /** An answer whose JSON is {@code json}. */
    public View(JsonObject json) {
        this.json = json;
    }

    /** Adds a line. */
    public View line(String text) {
        parts.add(new Line(text));
        return this;
    }

    /** Adds a named value. */
    public View field(String name, Object value) {
        parts.add(new Field(name, String.valueOf(value)));
        return this;
    }

    /** Adds a table, to be filled by its {@link Table#row}. */
    public Table table(String empty, String... columns) {
        Table table = new Table(List.of(columns), new ArrayList<>(), empty);
        parts.add(table);
        return table;
    }

    /** Adds what should be known although nothing failed: a line for people, the member {@code warning} for programs. */
    public View warning(String text) {
        json.addProperty("warning", text);
        return line("warning: " + text);
    }

    /** The answer is shown, and then the command fails with this line. */
    public View failing(String line) {
        failure = line;
        return this;
    }

    /** For programs. */
    public JsonObject json() {
        return json;
    }

    /** For people. */
    public List<Part> parts() {
        return parts;
    }

    /** Why the command fails although it has an answer. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }
}
