package org.hauptbuch.net.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Bytes;

/**
 * Cuts what arrives into frames: four bytes of length, big-endian, then as many bytes. A length over the bound is
 * refused as soon as it is read; below it, memory is taken for what has arrived and not for what was announced.
 */
final class FrameDecoder extends ByteToMessageDecoder {
    static final int LENGTH_BYTES = 4;

    private int maxBytes;

    FrameDecoder(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** From the next frame on, up to {@code bytes}. */
    void allow(int bytes) {
        maxBytes = bytes;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (in.readableBytes() < LENGTH_BYTES) {
            return;
        }
        long length = in.getUnsignedInt(in.readerIndex());
        if (length > maxBytes) {
            in.skipBytes(in.readableBytes());
            throw PoSException.outOfRange(
                    PoSError.SECURITY_VALIDATION_FAILED, "frame length", length, "0 to " + maxBytes);
        }
        if (in.readableBytes() - LENGTH_BYTES >= length) {
            in.skipBytes(LENGTH_BYTES);
            byte[] frame = new byte[(int) length];
            in.readBytes(frame);
            out.add(Bytes.of(frame));
        }
    }
}
