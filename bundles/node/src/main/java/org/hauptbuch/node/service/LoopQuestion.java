package org.hauptbuch.node.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.node.core.NodeCore;
import org.hauptbuch.node.core.Result;

/** A question that only a running node's loop can answer, from any other thread. */
final class LoopQuestion {
    private static final long ANSWER_SECONDS = 10;

    private LoopQuestion() {}

    /**
     * What {@code question} answers on the loop of {@code runtime}.
     *
     * @param runtime the node {@code name} as it runs; null where it is stopped
     * @throws IllegalArgumentException what the question throws
     * @throws PoSException what the question throws, or TRANSACTION_VALIDATION_FAILED where the node is stopped or gives no
     *     answer in time
     */
    static <T> T ask(String name, NodeRuntime runtime, Function<NodeCore, T> question) {
        return askLater(name, runtime, (core, then) -> then.accept(Result.of(() -> question.apply(core))));
    }

    /** As {@link #ask}, of a question whose answer comes later. */
    static <T> T askLater(String name, NodeRuntime runtime, BiConsumer<NodeCore, Consumer<Result<T>>> question) {
        if (runtime == null) {
            throw new PoSException(
                    PoSError.TRANSACTION_VALIDATION_FAILED, "node " + name + " is stopped, must be running");
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        runtime.loop()
                .post(() -> question.accept(runtime.core(), result -> result.error()
                        .ifPresentOrElse(answer::completeExceptionally, () -> answer.complete(result.value()))));
        return await(name, answer);
    }

    private static <T> T await(String name, CompletableFuture<T> answer) {
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PoSException refused) {
                throw refused;
            }
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new PoSException(
                    PoSError.TRANSACTION_VALIDATION_FAILED,
                    "node " + name + " gives no answer within " + ANSWER_SECONDS + " s",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for node " + name, e);
        }
    }
}
