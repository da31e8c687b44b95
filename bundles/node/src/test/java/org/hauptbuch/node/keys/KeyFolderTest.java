package org.hauptbuch.node.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.node.KeyInfo;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.node.core.TestChain;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyFolderTest {
    @TempDir
    private Path home;

    private Path folder;
    private KeyFolder keys;

    @BeforeEach
    void anEmptyHome() {
        folder = home.resolve("keys");
        keys = new KeyFolder(folder, TestChain.SCHEME);
    }

    @Test
    void aKeyThatIsMadeSignsAndIsListed() {
        assertEquals(List.of(), keys.list());
        KeyInfo zoe = keys.create("zoe", KeyType.ED25519);
        KeyInfo abe = keys.create("abe", KeyType.ED25519);
        assertEquals(List.of(abe, zoe), keys.list());
        assertFalse(zoe.development());
        Signer signer = keys.signer("zoe").orElseThrow();
        assertEquals(zoe.publicKey(), signer.publicKey());
        Bytes message = Bytes.fromHex("00");
        assertTrue(TestChain.SCHEME.verify(zoe.publicKey(), message, signer.sign(message)));
        assertEquals(Optional.empty(), keys.signer("nobody"));
        assertEquals(Optional.empty(), keys.signer("../keys/zoe"));
    }

    @Test
    void aKeyFileSaysItsType() throws Exception {
        for (KeyType type : KeyType.values()) {
            KeyInfo made = keys.create(type.label(), type);
            Path file = folder.resolve(type.label() + ".key");
            assertEquals(type, made.publicKey().type());
            assertEquals(type.secretLength(), KeyFile.read(file).secret().length());
            assertEquals(
                    made.publicKey(), keys.signer(type.label()).orElseThrow().publicKey());
            assertTrue(Files.readString(file).contains("\"type\": \"" + type.label() + "\""));
        }
        String hybrid = Files.readString(folder.resolve("hybrid.key"));
        assertTrue(refusal(hybrid.replace("\"type\": \"hybrid\"", "\"type\": \"ml-dsa-65\""))
                .contains("secret is 'malformed', must be 64 hexadecimal digits for ml-dsa-65"));
        String ed25519 = Files.readString(folder.resolve("ed25519.key"));
        assertTrue(refusal(ed25519.replace("\"type\": \"ed25519\"", "\"type\": \"ml-dsa-65\""))
                .contains("publicKey is 'of type ed25519', must be of type ml-dsa-65"));
    }

    @Test
    void onlyItsOwnerCanReadAKey() throws Exception {
        keys.create("zoe", KeyType.ED25519);
        assertEquals(
                PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(folder.resolve("zoe.key")));
    }

    @Test
    void aNameThatIsTakenOrMalformedIsRefused() throws Exception {
        KeyInfo zoe = keys.create("zoe", KeyType.ED25519);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> keys.create("zoe", KeyType.ED25519))
                .getMessage()
                .contains("taken"));
        assertEquals(List.of(zoe), keys.list());
        for (String name : List.of("", "Zoe", "a/b", "..", ".hidden", "x".repeat(65))) {
            assertTrue(
                    assertThrows(IllegalArgumentException.class, () -> keys.create(name, KeyType.ED25519))
                            .getMessage()
                            .contains("1 to 64"),
                    name);
        }
    }

    private String refusal(String text) throws Exception {
        Path file = folder.resolve("zoe.key");
        Files.createDirectories(folder);
        Files.writeString(file, text);
        String message = assertThrows(IllegalArgumentException.class, () -> KeyFile.read(file))
                .getMessage();
        assertTrue(message.startsWith("zoe.key"), message);
        assertTrue(keys.list().stream().noneMatch(key -> key.name().equals("zoe")), "listed as if it were a key");
        return message;
    }

    @Test
    void everyFieldOfAFileIsCheckedAndNoSecretIsShown() throws Exception {
        keys.create("zoe", KeyType.ED25519);
        Path file = folder.resolve("zoe.key");
        String good = Files.readString(file);
        String secret = KeyFile.read(file).secret().hex();
        assertTrue(refusal(good.replace(secret, secret.substring(1))).contains("secret is 'malformed'"));
        assertFalse(refusal(good.replace(secret, secret.substring(1))).contains(secret.substring(1)));
        assertTrue(refusal(good.replace("ed25519", "rsa")).contains("type is 'rsa', must be ed25519"));
        assertTrue(refusal(good.replace("\"zoe\"", "\"abe\"")).contains("name is 'abe'"));
        assertTrue(refusal(good.replaceAll("\"address\": \"..", "\"address\": \"zz"))
                .contains("address is"));
        assertTrue(refusal(good.replaceAll("\"address\": \"....", "\"address\": \"0000"))
                .contains("the address of its public key"));
        assertTrue(refusal(good.replaceAll("\"publicKey\": \"..", "\"publicKey\": \"99"))
                .contains("publicKey is"));
        assertTrue(refusal(good.replace("false", "\"no\"")).contains("development is 'no', must be true or false"));
        assertTrue(refusal(good.replace("{", "{\"x\": 1,")).contains("x is unknown"));
        assertTrue(refusal("hello").contains("not JSON"));
    }
}
