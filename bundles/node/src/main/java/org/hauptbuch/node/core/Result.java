package org.hauptbuch.node.core;

import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * What became of work: a value, or the exception that ended it.
 *
 * @param value what came out; null where it failed
 * @param failure why it failed; null where it did not
 */
public record Result<T>(T value, Exception failure) {
    /** A success. */
    public static <T> Result<T> of(T value) {
        return new Result<>(value, null);
    }

    /** A failure. */
    public static <T> Result<T> failed(Exception failure) {
        return new Result<>(null, failure);
    }

    /** Does {@code work} now. */
    public static <T> Result<T> of(Callable<T> work) {
        try {
            return of(work.call());
        } catch (Exception e) {
            return failed(e);
        }
    }

    /** Why it failed; empty where it did not. */
    public Optional<Exception> error() {
        return Optional.ofNullable(failure);
    }

    /** The value. @throws RuntimeException the failure, wrapped where it is checked */
    public T get() {
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        return value;
    }
}
