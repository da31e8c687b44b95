package org.hauptbuch.net.tcp;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * Makes the handshake of an engine into delegated tasks. Bouncy Castle's has none: it agrees on keys, signs and verifies
 * within {@code unwrap}, which would hold up everything on the event loop. Here {@code unwrap} takes the record and says
 * {@code NEED_TASK}; the task does the work, and what went wrong in it is thrown by the next {@code unwrap}. Alerts go
 * straight through, for their sender may hang up at once, and after the handshake all records do.
 *
 * <p>One thread drives it, another runs its tasks, one at a time. The first never waits for the second: to close during
 * a task only marks it, and a task of a closed engine does nothing.
 */
final class TaskedEngine extends SSLEngine {
    /** As much as one record can hold, so that the engine always has room (RFC 8446, 5.1). */
    private static final int RECORD_BYTES = 1 << 14;

    /** The type of a record, its first byte, that says why the peer ends TLS (RFC 8446, 5.1). */
    private static final byte ALERT = 21;

    private final SSLEngine engine;
    private boolean begun;
    private boolean done;
    private Step task;
    private boolean working;
    private boolean closing;
    private SSLException failure;

    private interface Step {
        void run() throws SSLException;
    }

    TaskedEngine(SSLEngine engine) {
        this.engine = engine;
    }

    @Override
    public synchronized void beginHandshake() {
        if (!begun) {
            begun = true;
            give(engine::beginHandshake);
        }
    }

    private void give(Step step) {
        task = step;
        working = true;
    }

    @Override
    public synchronized Runnable getDelegatedTask() {
        Step step = task;
        task = null;
        return step == null ? null : () -> work(step);
    }

    private void work(Step step) {
        try {
            if (!isClosing()) {
                step.run();
            }
        } catch (SSLException e) {
            fail(e);
        } catch (RuntimeException | StackOverflowError e) {
            // the latter, too: a peer's certificate may be nested as deep as a handshake has bytes
            fail(new SSLException("the handshake failed: " + e, e));
        } finally {
            worked();
        }
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    private synchronized void fail(SSLException reason) {
        if (!closing) {
            failure = reason;
        }
    }

    private synchronized void worked() {
        working = false;
        if (closing) {
            engine.closeOutbound();
        }
        note(engine.getHandshakeStatus());
    }

    private void note(HandshakeStatus status) {
        done |= begun
                && failure == null
                && (status == HandshakeStatus.NOT_HANDSHAKING || status == HandshakeStatus.FINISHED);
    }

    @Override
    public synchronized SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length)
            throws SSLException {
        if (failure != null) {
            SSLException thrown = failure;
            failure = null;
            throw thrown;
        }
        if (working) {
            return new SSLEngineResult(Status.OK, HandshakeStatus.NEED_TASK, 0, 0);
        }
        if (done || !source.hasRemaining() || source.get(source.position()) == ALERT) {
            return engine.unwrap(source, targets, offset, length);
        }
        byte[] record = new byte[source.remaining()];
        source.get(record);
        begun = true;
        give(() -> shake(record));
        return new SSLEngineResult(Status.OK, HandshakeStatus.NEED_TASK, record.length, 0);
    }

    private void shake(byte[] record) throws SSLException {
        SSLEngineResult result = engine.unwrap(ByteBuffer.wrap(record), ByteBuffer.allocate(RECORD_BYTES));
        if (result.bytesConsumed() < record.length && result.getStatus() != Status.CLOSED
                || result.bytesProduced() > 0) {
            throw new SSLException("a record of the handshake is malformed: " + result.getStatus());
        }
    }

    @Override
    public synchronized SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target)
            throws SSLException {
        if (working) {
            return new SSLEngineResult(Status.OK, HandshakeStatus.NEED_TASK, 0, 0);
        }
        SSLEngineResult result = engine.wrap(sources, offset, length, target);
        note(result.getHandshakeStatus());
        return result;
    }

    @Override
    public synchronized HandshakeStatus getHandshakeStatus() {
        if (working) {
            return HandshakeStatus.NEED_TASK;
        }
        return failure == null ? engine.getHandshakeStatus() : HandshakeStatus.NEED_UNWRAP;
    }

    /** Nobody asks any more what failed. */
    private void close() {
        closing = true;
        failure = null;
    }

    @Override
    public synchronized void closeOutbound() {
        close();
        if (!working) {
            engine.closeOutbound();
        }
    }

    @Override
    public synchronized void closeInbound() throws SSLException {
        close();
        if (!working) {
            engine.closeInbound();
        }
    }

    @Override
    public synchronized boolean isInboundDone() {
        return working ? closing : engine.isInboundDone();
    }

    @Override
    public synchronized boolean isOutboundDone() {
        return working ? closing : engine.isOutboundDone();
    }

    @Override
    public SSLSession getSession() {
        return engine.getSession();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return engine.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return engine.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        engine.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return engine.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return engine.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        engine.setEnabledProtocols(protocols);
    }

    @Override
    public void setUseClientMode(boolean mode) {
        engine.setUseClientMode(mode);
    }

    @Override
    public boolean getUseClientMode() {
        return engine.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        engine.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return engine.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        engine.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return engine.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        engine.setEnableSessionCreation(flag);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return engine.getEnableSessionCreation();
    }
}
