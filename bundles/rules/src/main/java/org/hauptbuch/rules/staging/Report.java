package org.hauptbuch.rules.staging;

/** Where staging tells an operator what it did. One line each. */
public interface Report {
    /** Something went as it should. */
    void info(String line);

    /** Something was refused or has failed. */
    void warn(String line);
}
