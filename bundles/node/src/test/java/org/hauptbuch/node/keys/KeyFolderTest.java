package org.hauptbuch.node.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.node.KeyInfo;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.node.core.TestChain;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyFolderTest {
    private static final String RANDOM = "0f".repeat(32);
    private static final Supplier<String> FILE_PASSPHRASE = () -> "1e".repeat(32);
    private static final Supplier<String> NOT_ASKED = () -> {
        throw new AssertionError("asked for a passphrase");
    };

    @TempDir
    private Path home;

    private Path folder;
    private KeyFolder keys;

    @BeforeEach
    void aHomeWithAPassphrase() throws Exception {
        folder = home.resolve("keys");
        PrivateFile.write(home.resolve("passphrase"), RANDOM + "\n");
        keys = new KeyFolder(home, TestChain.SCHEME, TestKeys.CIPHER);
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
    void keysOfEachTypeAreKeptAndTheirSecretsAreNotInTheirFiles() throws Exception {
        for (KeyType type : KeyType.values()) {
            KeyInfo made = keys.create(type.label(), type);
            Path file = folder.resolve(type.label() + ".key");
            assertEquals(type, made.publicKey().type());
            SecretKey opened = TestKeys.safe(home).open(KeyFile.read(file));
            assertEquals(type.secretLength(), opened.secret().length());
            assertEquals(
                    made.publicKey(), keys.signer(type.label()).orElseThrow().publicKey());
            assertTrue(Files.readString(file).contains("\"type\": \"" + type.label() + "\""));
            assertFalse(Files.readString(file).contains(opened.secret().hex()));
            assertFalse(opened.toString().contains(opened.secret().hex()));
        }
    }

    @Test
    void onlyItsOwnerMayReadAKeyOrAPassphrase() throws Exception {
        keys.create("zoe", KeyType.ED25519);
        Path file = folder.resolve("zoe.key");
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
        for (String open : List.of("rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(open));
            assertRefused(open + ", must be rw-------", () -> keys.signer("zoe"));
            assertEquals(List.of(), keys.list());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            Files.setPosixFilePermissions(home.resolve("passphrase"), PosixFilePermissions.fromString(open));
            assertRefused("chmod 600 " + home.resolve("passphrase"), () -> keys.signer("zoe"));
            Files.setPosixFilePermissions(home.resolve("passphrase"), PosixFilePermissions.fromString("r--------"));
        }
        assertTrue(keys.signer("zoe").isPresent());
    }

    @Test
    void aNameThatIsTakenOrMalformedIsRefused() {
        KeyInfo zoe = keys.create("zoe", KeyType.ED25519);
        assertRefused("taken", () -> keys.create("zoe", KeyType.ED25519));
        assertEquals(List.of(zoe), keys.list());
        for (String name : List.of("", "Zoe", "a/b", "..", ".hidden", "x".repeat(65))) {
            assertRefused("1 to 64", () -> keys.create(name, KeyType.ED25519));
        }
    }

    private static String assertRefused(String part, Runnable call) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(message.contains(part), message);
        return message;
    }

    /** What the file zoe.key with this text is refused with when somebody signs. */
    private String refusal(String text) {
        PrivateFile.replace(folder.resolve("zoe.key"), text);
        return assertThrows(IllegalArgumentException.class, () -> keys.signer("zoe"))
                .getMessage();
    }

    @Test
    void everyChangedBitOfAFileIsFoundOut() throws Exception {
        for (KeyType type : List.of(KeyType.ED25519, KeyType.HYBRID)) {
            keys.create("zoe", type);
            byte[] good = Files.readAllBytes(folder.resolve("zoe.key"));
            // a hybrid key has four thousand digits of a public key: every bit of the rest, and some of those
            for (int i = 0; i < good.length; i += type == KeyType.HYBRID && i > 200 && i < 4_000 ? 97 : 1) {
                byte[] changed = good.clone();
                changed[i] ^= (byte) (1 << i % 7);
                String text = new String(changed, StandardCharsets.ISO_8859_1);
                PrivateFile.replace(folder.resolve("zoe.key"), text);
                int at = i;
                assertThrows(
                        IllegalArgumentException.class, () -> keys.signer("zoe"), () -> "byte " + at + " of\n" + text);
            }
            Files.delete(folder.resolve("zoe.key"));
        }
    }

    @Test
    void aFileThatIsCutOrPaddedIsRefused() throws Exception {
        keys.create("zoe", KeyType.ED25519);
        String good = Files.readString(folder.resolve("zoe.key"));
        for (int length = 0; length < good.length() - 1; length++) {
            refusal(good.substring(0, length));
        }
        assertTrue(refusal(good + "{}").contains("not JSON"));
        assertTrue(refusal(good + "x").contains("not JSON"));
        assertTrue(refusal(good + " ".repeat(64 << 10)).contains("must be 65536 or less"));
    }

    @Test
    void everyFieldOfAFileIsChecked() throws Exception {
        keys.create("zoe", KeyType.ED25519);
        String good = Files.readString(folder.resolve("zoe.key"));
        assertTrue(refusal(good.replace("\"version\": 1", "\"version\": 2"))
                .contains("version is 2, must be a whole number, 1 to 1"));
        assertTrue(refusal(good.replace("\"ed25519\"", "\"rsa\"")).contains("type is 'rsa', must be ed25519"));
        assertTrue(refusal(good.replace("\"zoe\"", "\"abe\"")).contains("name is 'abe'"));
        assertTrue(refusal(good.replaceAll("\"address\": \"..", "\"address\": \"zz"))
                .contains("address is"));
        assertTrue(refusal(good.replaceAll("\"address\": \"....", "\"address\": \"0000"))
                .contains("the address of its public key"));
        assertTrue(refusal(good.replaceAll("\"publicKey\": \"..", "\"publicKey\": \"99"))
                .contains("publicKey is"));
        assertTrue(refusal(good.replace("\"development\": false", "\"development\": \"no\""))
                .contains("development is 'no', must be true or false"));
        assertTrue(refusal(good.replace("\"development\": false", "\"development\": true"))
                .contains("cannot be opened"));
        assertTrue(refusal(good.replaceFirst("\\{", "{\"x\": 1,")).contains("x is unknown"));
        assertTrue(refusal(good.replace("argon2id", "argon2i")).contains("derivation.function is 'argon2i'"));
        assertTrue(refusal(good.replace("aes-256-gcm", "none")).contains("encryption.function is 'none'"));
        assertTrue(refusal(good.replaceAll("\"memoryKiB\": \\d+", "\"memoryKiB\": 268435456"))
                .contains("derivation.memoryKiB is 268435456, must be a whole number, 8 to 262144"));
        assertTrue(refusal(good.replaceAll("\"passes\": \\d+", "\"passes\": 1000000"))
                .contains("derivation.passes is 1000000, must be a whole number, 1 to 16"));
        assertTrue(refusal(good.replaceAll("\"lanes\": \\d+", "\"lanes\": 17"))
                .contains("derivation.lanes is 17, must be a whole number, 1 to 16"));
        assertTrue(refusal(good.replaceAll("\"salt\": \"..", "\"salt\": \""))
                .contains("derivation.salt is '30 characters', must be 32 hexadecimal digits in lower case"));
        assertTrue(refusal(good.replaceAll("\"text\": \"..", "\"text\": \"")).contains("encryption.text is"));
        assertTrue(refusal("hello").contains("not JSON"));
    }

    @Test
    void aWrongPassphraseOrNoneOpensNothing() throws Exception {
        keys.create("zoe", KeyType.ED25519);
        Path file = home.resolve("passphrase");
        PrivateFile.replace(file, "f0".repeat(32));
        String message = assertRefused("zoe cannot be opened", () -> keys.signer("zoe"));
        assertTrue(message.contains(file.toString()), message);
        assertFalse(message.contains("f0f0"), message);
        PrivateFile.replace(file, "short");
        assertRefused("has 5 characters, must be 8 to 1024", () -> keys.signer("zoe"));
        PrivateFile.replace(file, "two\nlines of text");
        assertRefused("must be one line of text", () -> keys.signer("zoe"));
        PrivateFile.replace(file, "x".repeat(5_000));
        assertRefused("must be 4098 or less", () -> keys.signer("zoe"));
        Files.delete(file);
        assertRefused(
                "neither in " + file + " nor in the environment variable HAUPTBUCH_PASSPHRASE",
                () -> Passphrase.of(home, Optional.empty(), name -> null));
    }

    @Test
    void aPassphraseComesFromAChosenFileElseTheHomeElseTheEnvironment() throws Exception {
        Path chosen = home.resolve("elsewhere");
        PrivateFile.write(chosen, "in a chosen file\r\n");
        assertEquals(
                "in a chosen file",
                Passphrase.of(home, Optional.of(chosen), name -> "in the environment")
                        .text());
        assertEquals(
                RANDOM,
                Passphrase.of(home, Optional.empty(), name -> "in the environment")
                        .text());
        Files.delete(home.resolve("passphrase"));
        Passphrase last = Passphrase.of(home, Optional.empty(), name -> "in the environment");
        assertEquals("in the environment", last.text());
        assertFalse(last.toString().contains("in the environment"));
        assertThrows(
                UncheckedIOException.class,
                () -> Passphrase.of(home, Optional.of(home.resolve("none")), name -> "in the environment"));
    }

    @Test
    void whatAPersonChoseCostsMoreToTryThanRandomBits() {
        assertEquals(
                65_536, new Passphrase("correct horse battery", "test").cost().memoryKiB());
        assertEquals(1_024, new Passphrase(RANDOM, "test").cost().memoryKiB());
        assertEquals(65_536, new Passphrase(RANDOM + "0", "test").cost().memoryKiB());
    }

    @Test
    void aKeyGoesFromHomeToHomeUnderAPassphraseOfItsOwn() throws Exception {
        for (KeyType type : KeyType.values()) {
            KeyInfo zoe = keys.create("zoe", type);
            Path file = home.resolve("zoe-" + type.label() + ".json");
            assertEquals(zoe, keys.exportKey("zoe", file, FILE_PASSPHRASE));
            assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
            assertEquals(
                    file + " exists already, must be a new file",
                    assertThrows(UncheckedIOException.class, () -> keys.exportKey("zoe", file, FILE_PASSPHRASE))
                            .getMessage());
            Path other = Files.createDirectories(home.resolve("other-" + type.label()));
            PrivateFile.write(other.resolve("passphrase"), "2d".repeat(32));
            KeyFolder there = new KeyFolder(other, TestChain.SCHEME, TestKeys.CIPHER);
            assertRefused("cannot be opened", () -> there.importKey(file, Optional.empty(), () -> "3c".repeat(32)));
            assertEquals(List.of(), there.list());
            assertEquals(zoe, there.importKey(file, Optional.empty(), FILE_PASSPHRASE));
            assertEquals(zoe.publicKey(), there.signer("zoe").orElseThrow().publicKey());
            assertRefused("'zoe' is taken", () -> there.importKey(file, Optional.empty(), FILE_PASSPHRASE));
            assertEquals(
                    "ann",
                    there.importKey(file, Optional.of("ann"), FILE_PASSPHRASE).name());
            assertEquals(zoe.publicKey(), there.signer("ann").orElseThrow().publicKey());
            Files.delete(folder.resolve("zoe.key"));
        }
        assertRefused("'zoe', must be that of a key", () -> keys.exportKey("zoe", home.resolve("x"), NOT_ASKED));
        assertRefused("'../x', must be that", () -> keys.exportKey("../x", home.resolve("x"), NOT_ASKED));
    }

    private String plain(String name, KeyType type) {
        SecretKey key = KeySafe.make(TestChain.SCHEME, name, type, true);
        return "{\"name\": \"%s\", \"type\": \"%s\", \"secret\": \"%s\", \"publicKey\": \"%s\", \"address\": \"%s\", \"development\": true}"
                .formatted(name, type.label(), key.secret().hex(), key.publicKey(), key.address());
    }

    @Test
    void aKeyThatAnEarlierBuildLeftUnencryptedIsRefusedAndEncryptedInItsPlace() throws Exception {
        Path file = folder.resolve("old.key");
        PrivateFile.write(file, plain("old", KeyType.HYBRID));
        assertRefused("pos:key-import " + file + " encrypts it", () -> keys.signer("old"));
        assertEquals(List.of(), keys.list());
        KeyInfo old = keys.importKey(file, Optional.empty(), NOT_ASKED);
        assertEquals(List.of(old), keys.list());
        assertTrue(old.development());
        assertEquals(old.publicKey(), keys.signer("old").orElseThrow().publicKey());
        assertFalse(Files.readString(file).contains("secret"));
    }

    @Test
    void anUnencryptedKeyIsCheckedAndNoSecretIsShown() throws IOException {
        Path file = home.resolve("plain.json");
        String good = plain("old", KeyType.ED25519);
        String secret = good.replaceAll("(?s).*\"secret\": \"([0-9a-f]+)\".*", "$1");
        for (String wrong : List.of(secret.substring(1), secret + "0", "z" + secret.substring(1))) {
            PrivateFile.replace(file, good.replace(secret, wrong));
            String message = assertRefused(
                    "secret is 'malformed', must be 64 hexadecimal digits",
                    () -> keys.importKey(file, Optional.empty(), NOT_ASKED));
            assertFalse(message.contains(wrong), message);
        }
        PrivateFile.replace(file, good.replace(secret, "0".repeat(64)));
        assertRefused("must be that of its secret", () -> keys.importKey(file, Optional.empty(), NOT_ASKED));
        PrivateFile.replace(file, good.replace("ed25519", "hybrid"));
        assertRefused("secret is 'malformed'", () -> keys.importKey(file, Optional.empty(), NOT_ASKED));
        PrivateFile.replace(file, good.replace("\"old\"", "\"../old\""));
        assertRefused("1 to 64", () -> keys.importKey(file, Optional.empty(), NOT_ASKED));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused("rw-r--r--, must be rw-------", () -> keys.importKey(file, Optional.empty(), NOT_ASKED));
        assertEquals(List.of(), keys.list());
    }
}
