package org.hauptbuch.shell.command;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.support.table.ShellTable;
import org.hauptbuch.shell.view.View;

/** Writes answers to a stream. */
final class Printer {
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private final PrintStream out;

    Printer(PrintStream out) {
        this.out = out;
    }

    /** One line of JSON. */
    void json(JsonObject json) {
        out.println(GSON.toJson(json));
        out.flush();
    }

    /** For people. */
    void text(List<View.Part> parts) {
        int width = parts.stream()
                .filter(View.Field.class::isInstance)
                .mapToInt(part -> ((View.Field) part).name().length())
                .max()
                .orElse(0);
        for (View.Part part : parts) {
            if (part instanceof View.Line line) {
                out.println(line.text());
            } else if (part instanceof View.Field field) {
                out.println(field.name() + " ".repeat(width - field.name().length() + 2) + field.value());
            } else if (part instanceof View.Table table) {
                print(table);
            }
        }
        out.flush();
    }

    private void print(View.Table table) {
        if (table.rows().isEmpty()) {
            if (!table.empty().isEmpty()) {
                out.println(table.empty());
            }
            return;
        }
        ShellTable shellTable = new ShellTable();
        table.columns().forEach(shellTable::column);
        table.rows().forEach(row -> shellTable.addRow().addContent(List.copyOf(row)));
        shellTable.print(out, true);
    }
}
