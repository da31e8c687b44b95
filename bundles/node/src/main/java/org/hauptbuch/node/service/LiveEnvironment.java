package org.hauptbuch.node.service;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hauptbuch.api.net.Links;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.node.core.Cancellable;
import org.hauptbuch.node.core.Environment;
import org.hauptbuch.node.core.Result;
import org.hauptbuch.rules.RuleStage;

/** The real world: system clock, loop, sockets, threads for verification and for rules. */
final class LiveEnvironment implements Environment {
    private final Loop loop;
    private final Verifiers verifiers;
    private final RuleThreads rules;
    private final Background background;
    private final Optional<RuleStage> stage;
    /** Set before the loop starts. */
    private volatile Links links;

    LiveEnvironment(
            Loop loop, Verifiers verifiers, RuleThreads rules, Background background, Optional<RuleStage> stage) {
        this.stage = stage;
        this.loop = loop;
        this.verifiers = verifiers;
        this.rules = rules;
        this.background = background;
    }

    void connect(Links opened) {
        links = opened;
    }

    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Cancellable arm(long delayMillis, Runnable task) {
        return loop.arm(delayMillis, task);
    }

    @Override
    public void post(Runnable task) {
        loop.post(task);
    }

    @Override
    public void send(String peer, Bytes message) {
        links.send(peer, message);
    }

    @Override
    public void broadcast(Bytes message) {
        links.broadcast(message);
    }

    @Override
    public Optional<Bytes> jar(Hash digest) {
        return stage.flatMap(jars -> jars.jar(digest));
    }

    @Override
    public void keepJar(Bytes jar, String source) {
        stage.orElseThrow(() -> new IllegalStateException("this node keeps no jars"))
                .stage(jar, source);
    }

    @Override
    public void ban(String peer, long millis) {
        links.ban(peer, millis);
    }

    @Override
    public <T> T limited(Supplier<T> work) {
        return rules.run(work);
    }

    @Override
    public <T> void verify(Callable<T> work, Consumer<Result<T>> then) {
        verifiers.execute(true, () -> answer(Result.of(work), then), () -> answer(stopping(), then));
    }

    @Override
    public <T> void verifyLater(Callable<T> work, Consumer<Result<T>> then) {
        verifiers.execute(false, () -> answer(Result.of(work), then), () -> answer(stopping(), then));
    }

    @Override
    public <T> void background(Callable<T> work, Consumer<Result<T>> then) {
        background.execute(() -> answer(Result.of(work), then), () -> answer(stopping(), then));
    }

    private <T> void answer(Result<T> result, Consumer<Result<T>> then) {
        loop.post(() -> then.accept(result));
    }

    private static <T> Result<T> stopping() {
        return Result.failed(new IllegalStateException("the node is stopping"));
    }
}
