package org.hauptbuch.api.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class CodecTest {
    @Test
    void whatIsWrittenIsRead() {
        Bytes encoded = new Writer(0)
                .u8(255)
                .u32(7)
                .u64(Long.MAX_VALUE)
                .bool(true)
                .string("grüße")
                .bytes(Bytes.fromHex("00ff"))
                .list(List.of(1, 2, 3), Writer::u8)
                .optional(Optional.of(9), Writer::u8)
                .optional(Optional.<Integer>empty(), Writer::u8)
                .toBytes();
        Reader in = reader(encoded.hex());
        assertEquals(255, in.u8("a"));
        assertEquals(7, in.u32("b"));
        assertEquals(Long.MAX_VALUE, in.u64("c"));
        assertTrue(in.bool("d"));
        assertEquals("grüße", in.string("e", 10));
        assertEquals("00ff", in.bytes("f", 2).hex());
        assertEquals(List.of(1, 2, 3), in.list("g", 3, r -> r.u8("x")));
        assertEquals(Optional.of(9), in.optional("h", r -> r.u8("x")));
        assertEquals(Optional.empty(), in.optional("i", r -> r.u8("x")));
        in.end();
    }

    @Test
    void whatHasAnotherSpellingIsRefusedByName() {
        refused("flag is 2, must be 0 or 1", () -> reader("02").bool("flag"));
        refused("fee is 0 bytes, must be at least 8 bytes", () -> reader("").u64("fee"));
        refused("fee is 18446744073709551615, must be 0 to", () -> reader("ff".repeat(8))
                .u64("fee"));
        refused("n is 4294967295, must be 0 to 2147483647", () -> reader("ffffffff")
                .u32("n"));
        refused("blob is 3 bytes, must be at most 2 bytes", () -> reader("00000003aabbcc")
                .bytes("blob", 2));
        refused("blob is 1 bytes, must be at least 2 bytes", () -> reader("00000002aa")
                .bytes("blob", 2));
        refused("name is c3, must be UTF-8", () -> reader("00000001c3").string("name", 9));
        refused("encoding is 1 bytes more", () -> reader("00").end());
        refused("rate: rate: 1000001", () -> reader("000f4241").rate("rate"));
        refused("key: key type: 9", () -> reader("09").publicKey("key"));
    }

    @Test
    void aCountThatCannotBeTrueTakesNoMemory() {
        refused("items is 0 bytes, must be at least 2147483647 bytes", () -> reader("7fffffff")
                .list("items", Integer.MAX_VALUE, r -> r.u8("x")));
        refused("items is 3 elements", () -> reader("00000003010203").list("items", 2, r -> r.u8("x")));
    }

    private static Reader reader(String hex) {
        return new Reader(Bytes.fromHex(hex), PoSError.INVALID_TRANSACTION);
    }

    private static void refused(String detail, Executable read) {
        PoSException e = assertThrows(PoSException.class, read);
        assertEquals(PoSError.INVALID_TRANSACTION, e.error());
        assertTrue(e.getMessage().contains(detail), e.getMessage());
    }
}
