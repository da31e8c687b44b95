package org.hauptbuch.net.tcp;

import java.security.SecureRandom;
import java.util.Arrays;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.net.LinkConfig;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;

/**
 * How two peers prove who they are. Each side sends one hello (magic, version, chain, fresh nonce, public key) and one
 * proof: its signature over the domain, its role, the hash of the certificate that the acceptor showed in TLS, and both
 * hellos. The certificate makes a proof worthless to a relay, which has another one to show, the nonces make an old
 * proof worthless, the roles keep a proof from being sent back to its maker, and the domain keeps it apart from
 * everything else that a key signs.
 * The peer's name is what the roster calls its key. Not thread-safe; one for each connection.
 */
final class Handshake {
    private static final Bytes MAGIC = Bytes.fromHex("48424c4b");
    private static final int VERSION = 2;
    private static final String DOMAIN = "hauptbuch/link/2";
    private static final int NONCE_BYTES = 32;

    /** The largest frame of a handshake: a hello or a proof with the longest key or signature that there is. */
    static final int MAX_FRAME_BYTES = Arrays.stream(KeyType.values())
            .mapToInt(type -> Math.max(
                    MAGIC.length() + 1 + Hash.LENGTH + NONCE_BYTES + 1 + type.keyLength(), type.signatureLength()))
            .max()
            .orElseThrow();

    private static final SecureRandom RANDOM = new SecureRandom();

    private final LinkConfig config;
    private final Roster roster;
    private final boolean dialled;
    private final Bytes ownHello;
    private Hash certificate;
    private Bytes peerHello;
    private PublicKey peerKey;

    /**
     * @param roster the peers' names by key
     * @param dialled whether this side dialled
     */
    Handshake(LinkConfig config, Roster roster, boolean dialled) {
        this.config = config;
        this.roster = roster;
        this.dialled = dialled;
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        this.ownHello = hello(config.chain(), Bytes.of(nonce), config.identity().publicKey());
    }

    static Bytes hello(Hash chain, Bytes nonce, PublicKey key) {
        return new Writer()
                .fixed(MAGIC)
                .u8(VERSION)
                .fixed(chain.bytes())
                .fixed(nonce)
                .fixed(key.encoded())
                .toBytes();
    }

    /** What a side signs that dialled or not, over a connection whose acceptor showed this certificate. */
    static Bytes statement(boolean byDialler, Hash certificate, Bytes diallersHello, Bytes acceptorsHello) {
        return new Writer()
                .string(DOMAIN)
                .bool(byDialler)
                .fixed(certificate.bytes())
                .bytes(diallersHello)
                .bytes(acceptorsHello)
                .toBytes();
    }

    /** TLS is there; {@code acceptors} is what this side knows as the SHA-256 of the acceptor's certificate. */
    void bind(Hash acceptors) {
        certificate = acceptors;
    }

    /** This side's first frame. */
    Bytes hello() {
        return ownHello;
    }

    /**
     * Judges the peer's first frame.
     *
     * @return the peer's name, not yet proven
     * @throws PoSException SECURITY_VALIDATION_FAILED where it is malformed, of another chain or of an unknown key
     */
    String hear(Bytes hello) {
        Reader reader = new Reader(hello, PoSError.SECURITY_VALIDATION_FAILED);
        Bytes magic = reader.fixed("link magic", MAGIC.length());
        if (!magic.equals(MAGIC)) {
            throw reader.refuse("link magic", magic, MAGIC.hex());
        }
        int version = reader.u8("link version");
        if (version != VERSION) {
            throw reader.refuse("link version", version, Integer.toString(VERSION));
        }
        Hash chain = reader.hash("chain");
        if (!chain.equals(config.chain())) {
            throw reader.refuse("chain", chain, config.chain().toString());
        }
        reader.fixed("nonce", NONCE_BYTES);
        PublicKey key = reader.publicKey("link key");
        reader.end();
        if (key.equals(config.identity().publicKey())) {
            throw reader.refuse("link key", key, "another than this node's own");
        }
        String name = roster.name(key)
                .orElseThrow(() -> reader.refuse("link key", key, "one of the " + roster.trusted() + " trusted keys"));
        peerHello = hello;
        peerKey = key;
        return name;
    }

    /** The key that the peer's hello named. */
    PublicKey peerKey() {
        return peerKey;
    }

    /** This side's second frame, after the peer's hello. */
    Bytes proof() {
        return config.identity().sign(statementOf(dialled));
    }

    /**
     * Judges the peer's second frame.
     *
     * @throws PoSException SECURITY_VALIDATION_FAILED where it is not the peer's signature for this connection
     */
    void verify(Bytes proof) {
        if (!config.scheme().verify(peerKey, statementOf(!dialled), proof)) {
            throw new PoSException(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "the signature is not that of link key " + peerKey + " for this connection");
        }
    }

    private Bytes statementOf(boolean byDialler) {
        return dialled
                ? statement(byDialler, certificate, ownHello, peerHello)
                : statement(byDialler, certificate, peerHello, ownHello);
    }
}
