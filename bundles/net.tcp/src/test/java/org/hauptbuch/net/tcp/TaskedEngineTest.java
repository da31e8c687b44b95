package org.hauptbuch.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.bouncycastle.jsse.BCSSLEngine;
import org.bouncycastle.jsse.BCSSLParameters;
import org.junit.jupiter.api.Test;

/** Whoever drives the handshake is back before any of its work is done, and learns later what came of it. */
class TaskedEngineTest {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Tls tls = new Tls(tasks::add);
    private final TaskedEngine dialler = new TaskedEngine(tls.engine(true));
    private final TaskedEngine acceptor = new TaskedEngine(tls.engine(false));

    private static void work(TaskedEngine engine) {
        assertEquals(HandshakeStatus.NEED_TASK, engine.getHandshakeStatus());
        engine.getDelegatedTask().run();
        assertNull(engine.getDelegatedTask());
    }

    private static ByteBuffer room() {
        return ByteBuffer.allocate(1 << 15);
    }

    /** The first flight of the dialler. */
    private ByteBuffer hello() throws SSLException {
        dialler.beginHandshake();
        ByteBuffer flight = room();
        assertEquals(0, dialler.wrap(NOTHING, flight).bytesProduced(), "the keys are not made yet");
        work(dialler);
        assertTrue(dialler.wrap(NOTHING, flight).bytesProduced() > 1_216, "a share of 32 and 1,184 bytes");
        return flight.flip();
    }

    @Test
    void aRecordIsTakenAtOnceAndWorkedUponByATask() throws SSLException {
        ByteBuffer hello = hello();
        assertEquals(HandshakeStatus.NEED_TASK, acceptor.unwrap(hello, room()).getHandshakeStatus());
        assertFalse(hello.hasRemaining());
        assertEquals(0, acceptor.wrap(NOTHING, room()).bytesProduced(), "nothing is answered yet");
        assertEquals(0, acceptor.unwrap(hello.rewind(), room()).bytesConsumed(), "one at a time");
        work(acceptor);
        assertEquals(HandshakeStatus.NEED_WRAP, acceptor.getHandshakeStatus());
        assertTrue(acceptor.wrap(NOTHING, room()).bytesProduced() > 1_120, "a share of 32 and 1,088 bytes");
    }

    @Test
    void whatFailsInATaskIsThrownByTheNextStepAndTheAlertIsThere() throws SSLException {
        BCSSLEngine lesser = (BCSSLEngine) tls.engine(true);
        BCSSLParameters parameters = lesser.getParameters();
        parameters.setNamedGroups(new String[] {"x25519"});
        lesser.setParameters(parameters);
        ByteBuffer hello = room();
        ((SSLEngine) lesser).wrap(NOTHING, hello);
        acceptor.unwrap(hello.flip(), room());
        work(acceptor);
        SSLException failure = assertThrows(SSLException.class, () -> acceptor.unwrap(NOTHING, room()));
        assertTrue(Tls.reason(failure).startsWith("TLS failed: handshake_failure(40)"), Tls.reason(failure));
        ByteBuffer alert = room();
        acceptor.wrap(NOTHING, alert);
        assertEquals(21, alert.get(0));
    }

    @Test
    void aClosedEngineDoesNoMoreWork() throws SSLException {
        acceptor.unwrap(hello(), room());
        Runnable task = acceptor.getDelegatedTask();
        acceptor.closeOutbound();
        acceptor.closeInbound();
        assertTrue(acceptor.isOutboundDone() && acceptor.isInboundDone());
        task.run();
        ByteBuffer out = room();
        acceptor.wrap(NOTHING, out);
        assertTrue(out.position() < 100, "an alert at most, no answer");
        assertNotNull(acceptor.getHandshakeStatus());
    }

    @Test
    void aHandshakeThatWaitsForItsTurnHoldsUpNothingAndEndsWithItsConnection() throws SSLException {
        ByteBuf hello = Unpooled.wrappedBuffer(hello());
        EmbeddedChannel channel = new EmbeddedChannel(tls.handler(false));
        channel.writeInbound(hello);
        assertEquals(1, tasks.size());
        assertNull(channel.readOutbound());
        // more may come meanwhile, and is kept
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {20, 3, 3, 0, 1, 1}));
        assertEquals(1, tasks.size());
        channel.close();
        tasks.remove().run();
        channel.runPendingTasks();
        assertFalse(channel.isOpen());
        channel.checkException();
        channel.finishAndReleaseAll();
    }

    @Test
    void twoHandlersLinkByTasksAlone() throws SSLException {
        EmbeddedChannel dials = new EmbeddedChannel(tls.handler(true));
        EmbeddedChannel accepts = new EmbeddedChannel(tls.handler(false));
        for (int i = 0; i < 20; i++) {
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
            dials.runPendingTasks();
            accepts.runPendingTasks();
            pass(dials, accepts);
            pass(accepts, dials);
        }
        for (EmbeddedChannel channel : new EmbeddedChannel[] {dials, accepts}) {
            assertTrue(
                    channel.pipeline().get(SslHandler.class).handshakeFuture().isSuccess());
        }
        dials.writeOutbound(Unpooled.wrappedBuffer(new byte[] {7}));
        pass(dials, accepts);
        ByteBuf message = accepts.readInbound();
        assertEquals(7, message.readByte());
        message.release();
        assertEquals(0, tasks.size(), "a message is no task");
        dials.finishAndReleaseAll();
        accepts.finishAndReleaseAll();
    }

    private static void pass(EmbeddedChannel from, EmbeddedChannel to) {
        for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            to.writeInbound(bytes);
        }
    }
}
