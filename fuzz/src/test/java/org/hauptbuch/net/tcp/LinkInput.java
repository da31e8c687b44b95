package org.hauptbuch.net.tcp;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.net.LinkConfig;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/** The way to decoders that are nobody's business outside of their package. */
public final class LinkInput {
    private LinkInput() {}

    /** The frames that are cut from what arrives in pieces of {@code piece} bytes. */
    public static List<Bytes> frames(Bytes stream, int piece, int maxBytes) {
        EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(maxBytes));
        List<Bytes> frames = new ArrayList<>();
        try {
            for (int at = 0; at < stream.length(); at += piece) {
                int length = Math.min(piece, stream.length() - at);
                channel.writeInbound(Unpooled.wrappedBuffer(stream.toArray(at, length)));
                for (Bytes frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
                    frames.add(frame);
                }
            }
        } catch (DecoderException e) {
            // what the connection's last handler does, too
            if (e.getCause() instanceof PoSException refusal) {
                throw refusal;
            }
            throw e;
        } finally {
            channel.finishAndReleaseAll();
        }
        return frames;
    }

    /** The peer's name, as its hello has it. */
    public static String hello(LinkConfig config, Bytes hello) {
        return new Handshake(config, new Roster(config), true).hear(hello);
    }

    /** A hello. */
    public static Bytes hello(LinkConfig config, Bytes nonce, org.hauptbuch.api.value.PublicKey key) {
        return Handshake.hello(config.chain(), nonce, key);
    }

    /** Judges a proof after a hello. */
    public static void proof(LinkConfig config, Bytes hello, Bytes proof) {
        Handshake handshake = new Handshake(config, new Roster(config), true);
        handshake.bind(Hash.ZERO);
        handshake.hear(hello);
        handshake.verify(proof);
    }
}
