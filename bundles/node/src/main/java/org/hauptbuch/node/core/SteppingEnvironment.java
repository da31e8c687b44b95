package org.hauptbuch.node.core;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/** Makes every call back into the core a step of its own: see {@link NodeCore}. */
final class SteppingEnvironment implements Environment {
    private final Environment environment;
    private final Consumer<Runnable> step;

    SteppingEnvironment(Environment environment, Consumer<Runnable> step) {
        this.environment = environment;
        this.step = step;
    }

    @Override
    public long wallMillis() {
        return environment.wallMillis();
    }

    @Override
    public long nanoTime() {
        return environment.nanoTime();
    }

    @Override
    public Cancellable arm(long delayMillis, Runnable task) {
        return environment.arm(delayMillis, () -> step.accept(task));
    }

    @Override
    public void post(Runnable task) {
        environment.post(() -> step.accept(task));
    }

    @Override
    public void send(String peer, Bytes message) {
        environment.send(peer, message);
    }

    @Override
    public void broadcast(Bytes message) {
        environment.broadcast(message);
    }

    @Override
    public void ban(String peer, long millis) {
        environment.ban(peer, millis);
    }

    @Override
    public <T> void verify(Callable<T> work, Consumer<Result<T>> then) {
        environment.verify(work, result -> step.accept(() -> then.accept(result)));
    }

    @Override
    public Optional<Bytes> jar(Hash digest) {
        return environment.jar(digest);
    }

    @Override
    public void keepJar(Bytes jar, String source) {
        environment.keepJar(jar, source);
    }

    @Override
    public <T> T limited(Supplier<T> work) {
        return environment.limited(work);
    }

    @Override
    public <T> void background(Callable<T> work, Consumer<Result<T>> then) {
        environment.background(work, result -> step.accept(() -> then.accept(result)));
    }

    @Override
    public <T> void verifyLater(Callable<T> work, Consumer<Result<T>> then) {
        environment.verifyLater(work, result -> step.accept(() -> then.accept(result)));
    }
}
