package org.hauptbuch.net.tcp;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.BCSSLEngine;
import org.bouncycastle.jsse.BCSSLParameters;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.hauptbuch.api.value.Hash;

/**
 * The TLS in which every link runs: 1.3 (RFC 8446), {@code TLS_AES_128_GCM_SHA256}, and X25519MLKEM768
 * (draft-ietf-tls-ecdhe-mlkem) as the only group, so that no peer can be talked into less. The acceptor shows a
 * certificate of its own making, the dialler none. TLS alone says nothing of who a peer is: {@link Handshake} does, in a
 * statement that holds the hash of the acceptor's certificate ({@code tls-server-end-point} of RFC 5929 with SHA-256).
 * Thread-safe.
 */
final class Tls {
    static final String PROTOCOL = "TLSv1.3";
    static final String SUITE = "TLS_AES_128_GCM_SHA256";
    static final String GROUP = "X25519MLKEM768";
    private static final String NEEDED = "links need TLS 1.3 with " + GROUP;

    /** How long a peer that does not read may put off the end of its connection. */
    private static final long CLOSE_NOTIFY_MILLIS = 1_000;

    private static final char[] NO_PASSWORD = {};

    /**
     * The parent of the loggers of Bouncy Castle's JSSE, which say each connection and put out a stack for each refusal:
     * who knocks without end shall not fill the disk. What fails comes as an exception and is said here. The platform
     * forgets loggers that nobody holds.
     */
    private static final Logger JSSE_LOG = Logger.getLogger(BouncyCastleJsseProvider.class.getPackageName());

    static {
        // both: a container's logging may set levels anew
        JSSE_LOG.setLevel(Level.OFF);
        JSSE_LOG.setUseParentHandlers(false);
    }

    private final SSLContext context;
    private final Hash certificate;
    private final Executor tasks;

    /**
     * Makes a certificate that lives as long as this object.
     *
     * @param tasks runs what takes long in handshakes
     * @throws IllegalStateException where the platform lacks an algorithm
     */
    Tls(Executor tasks) {
        this.tasks = tasks;
        try {
            Provider bouncyCastle = new BouncyCastleProvider();
            Provider jsse = new BouncyCastleJsseProvider(false, new LinkCrypto(bouncyCastle));
            OwnCertificate own = OwnCertificate.fresh(bouncyCastle);
            certificate = own.hash();
            KeyStore store = KeyStore.getInstance("PKCS12", bouncyCastle);
            store.load(null, null);
            store.setKeyEntry("link", own.key(), NO_PASSWORD, new Certificate[] {own.certificate()});
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX", jsse);
            keys.init(store, NO_PASSWORD);
            context = SSLContext.getInstance(PROTOCOL, jsse);
            context.init(keys.getKeyManagers(), new TrustManager[] {new AnyCertificate()}, new SecureRandom());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("TLS 1.3 with " + GROUP + " cannot be set up: " + e.getMessage(), e);
        }
    }

    /** The handler of one connection. It does not limit the time of the handshake: {@link Connection} does. */
    SslHandler handler(boolean dialled) {
        SslHandler handler = new SslHandler(new TaskedEngine(engine(dialled)), tasks);
        handler.setHandshakeTimeoutMillis(0);
        handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
        return handler;
    }

    /** An engine of one connection, without tasks. */
    SSLEngine engine(boolean dialled) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(dialled);
        BCSSLEngine own = (BCSSLEngine) engine;
        BCSSLParameters parameters = own.getParameters();
        restrict(parameters);
        own.setParameters(parameters);
        return engine;
    }

    /** Allows the one protocol, suite and group only. */
    static void restrict(BCSSLParameters parameters) {
        parameters.setProtocols(new String[] {PROTOCOL});
        parameters.setCipherSuites(new String[] {SUITE});
        parameters.setNamedGroups(new String[] {GROUP});
    }

    SSLContext context() {
        return context;
    }

    /**
     * What both ends of a connection know and no relay can make equal: the SHA-256 of the acceptor's certificate.
     *
     * @param session of a handshake that succeeded
     * @param dialled whether this side dialled
     * @throws IllegalStateException where it did not
     */
    Hash binding(SSLSession session, boolean dialled) {
        if (!session.getProtocol().equals(PROTOCOL)) {
            throw new IllegalStateException("the link runs in " + session.getProtocol() + ", must be " + PROTOCOL);
        }
        try {
            return dialled ? Hash.sha256(session.getPeerCertificates()[0].getEncoded()) : certificate;
        } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
            throw new IllegalStateException("the acceptor has shown no certificate", e);
        }
    }

    /** Why TLS failed, in a line for an operator. */
    static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotSslRecordException) {
                return "it does not speak TLS; " + NEEDED;
            } else if (cause instanceof TlsFatalAlert alert) {
                return "TLS failed: " + AlertDescription.getText(alert.getAlertDescription()) + "; " + NEEDED;
            } else if (cause instanceof TlsFatalAlertReceived alert) {
                return "the peer ended TLS: " + AlertDescription.getText(alert.getAlertDescription()) + "; " + NEEDED;
            }
        }
        return "TLS failed: " + failure.getMessage() + "; " + NEEDED;
    }

    /** Who signed a certificate is of no meaning here; that its shower has its key, TLS itself checks. */
    private static final class AnyCertificate extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
