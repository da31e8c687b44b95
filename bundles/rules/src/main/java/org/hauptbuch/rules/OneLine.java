package org.hauptbuch.rules;

/** Text of foreign code, made fit for one line of a report. */
final class OneLine {
    private static final int MOST = 300;

    private OneLine() {}

    static String of(String text) {
        String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
        return line.length() <= MOST ? line : line.substring(0, MOST) + "...";
    }
}
