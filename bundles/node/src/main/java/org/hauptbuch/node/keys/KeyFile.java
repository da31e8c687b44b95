package org.hauptbuch.node.keys;

import com.google.gson.GsonBuilder;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.PassphraseCipher;
import org.hauptbuch.api.crypto.PassphraseCipher.Cost;
import org.hauptbuch.api.crypto.PassphraseCipher.Sealed;
import org.hauptbuch.api.node.KeyInfo;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.node.json.Fields;
import org.hauptbuch.node.json.StrictJson;

/**
 * A key in a file, its secret encrypted: JSON with version, name, type, public key, address, whether it is for
 * development, and how to open it. All but the last is the header that the encryption covers. Readable by its owner only.
 *
 * @param name the key's name, in a home the file's name before {@code .key}
 * @param publicKey the key that verifies
 * @param development whether it was made for a development network: its secret is worth nothing
 * @param sealed the secret
 */
public record KeyFile(String name, PublicKey publicKey, boolean development, Sealed sealed) {
    private static final String SUFFIX = ".key";
    private static final int VERSION = 1;
    private static final int MAX_BYTES = 64 << 10;
    private static final String DERIVATION = "argon2id";
    private static final String CIPHER = "aes-256-gcm";

    /** The account that it opens. */
    public Address address() {
        return Address.of(publicKey);
    }

    /** What everybody may know of it. */
    public KeyInfo info() {
        return new KeyInfo(name, publicKey, address(), development);
    }

    /** The file of the key named {@code name} in {@code folder}. */
    public static Path in(Path folder, String name) {
        return folder.resolve(name + SUFFIX);
    }

    /** Whether {@code file} is named as a key is. */
    public static boolean isNamedLikeOne(Path file) {
        return file.getFileName().toString().endsWith(SUFFIX);
    }

    /** What is encrypted with the secret of a key, so that nobody can change it. */
    static Bytes header(String name, PublicKey publicKey, boolean development) {
        return new Writer()
                .string("hauptbuch/key/" + VERSION)
                .string(name)
                .bytes(publicKey.encoded())
                .fixed(Address.of(publicKey).bytes())
                .bool(development)
                .toBytes();
    }

    /**
     * Reads a key of a home.
     *
     * @throws IllegalArgumentException where the file is no key, is named as another one, or others may read it; naming
     *     file and field
     * @throws UncheckedIOException where it cannot be read
     */
    public static KeyFile read(Path file) {
        Fields in = fields(file);
        if (isPlain(in)) {
            throw new IllegalArgumentException(file.getFileName()
                    + " holds its secret unencrypted, as an earlier build wrote it; pos:key-import " + file
                    + " encrypts it");
        }
        KeyFile key = sealed(in);
        if (!file.getFileName().toString().equals(key.name + SUFFIX)) {
            throw in.refuse("name", key.name, "the file's name without " + SUFFIX);
        }
        return key;
    }

    /** The fields of a key file, encrypted or plain, whatever it is called. */
    static Fields fields(Path file) {
        return StrictJson.object(
                PrivateFile.read(file, MAX_BYTES), file.getFileName().toString());
    }

    /** Whether an earlier build wrote it. */
    static boolean isPlain(Fields in) {
        return in.optionalText(SecretKey.PLAIN).isPresent();
    }

    /** Reads an encrypted key, whatever its file is called. */
    static KeyFile sealed(Fields in) {
        in.whole("version", VERSION, VERSION);
        String name = in.text("name");
        KeyType type = in.parsed("type", "ed25519, ml-dsa-65 or hybrid", KeyType::ofLabel);
        PublicKey publicKey = publicKey(in, type);
        boolean development = in.bool("development");
        Fields derivation = in.object("derivation");
        constant(derivation, "function", DERIVATION);
        int lanes = (int) derivation.whole("lanes", 1, Cost.MAX_LANES);
        Cost cost = new Cost(
                (int) derivation.whole("memoryKiB", 8L * lanes, Cost.MAX_MEMORY_KIB),
                (int) derivation.whole("passes", 1, Cost.MAX_PASSES),
                lanes);
        Bytes salt = hex(derivation, "salt", PassphraseCipher.SALT_LENGTH);
        derivation.end();
        Fields encryption = in.object("encryption");
        constant(encryption, "function", CIPHER);
        Bytes nonce = hex(encryption, "nonce", PassphraseCipher.NONCE_LENGTH);
        Bytes text = hex(encryption, "text", type.secretLength() + PassphraseCipher.TAG_LENGTH);
        encryption.end();
        in.end();
        return new KeyFile(name, publicKey, development, new Sealed(cost, salt, nonce, text));
    }

    /** Reads public key and address. */
    static PublicKey publicKey(Fields in, KeyType type) {
        PublicKey publicKey = in.parsed(
                "publicKey",
                2 + 2 * type.keyLength() + " hexadecimal digits, a type byte and a key",
                digits -> PublicKey.fromHex(lowerCase(digits)));
        if (publicKey.type() != type) {
            throw in.refuse("publicKey", "of type " + publicKey.type().label(), "of type " + type.label());
        }
        Address address = in.parsed("address", "40 hexadecimal digits", digits -> Address.fromHex(lowerCase(digits)));
        Address right = Address.of(publicKey);
        if (!right.equals(address)) {
            throw in.refuse("address", address, right + ", the address of its public key");
        }
        return publicKey;
    }

    /** One file has one text: what is written otherwise was changed. */
    private static String lowerCase(String digits) {
        if (!digits.equals(digits.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("digits must be in lower case");
        }
        return digits;
    }

    private static void constant(Fields in, String name, String only) {
        String value = in.text(name);
        if (!value.equals(only)) {
            throw in.refuse(name, value, only);
        }
    }

    private static Bytes hex(Fields in, String name, int length) {
        String digits = in.text(name);
        if (!digits.matches("[0-9a-f]{" + 2 * length + "}")) {
            throw in.refuse(name, digits.length() + " characters", 2 * length + " hexadecimal digits in lower case");
        }
        return Bytes.fromHex(digits);
    }

    /**
     * Writes a new file.
     *
     * @throws UncheckedIOException where it exists or cannot be written
     */
    public void write(Path file) {
        PrivateFile.write(file, text());
    }

    /** Writes a file that may exist. */
    void replace(Path file) {
        PrivateFile.replace(file, text());
    }

    private String text() {
        Map<String, Object> derivation = new LinkedHashMap<>();
        derivation.put("function", DERIVATION);
        derivation.put("memoryKiB", sealed.cost().memoryKiB());
        derivation.put("passes", sealed.cost().passes());
        derivation.put("lanes", sealed.cost().lanes());
        derivation.put("salt", sealed.salt().hex());
        Map<String, Object> encryption = new LinkedHashMap<>();
        encryption.put("function", CIPHER);
        encryption.put("nonce", sealed.nonce().hex());
        encryption.put("text", sealed.text().hex());
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("version", VERSION);
        root.put("name", name);
        root.put("type", publicKey.type().label());
        root.put("publicKey", publicKey.toString());
        root.put("address", address().toString());
        root.put("development", development);
        root.put("derivation", derivation);
        root.put("encryption", encryption);
        return new GsonBuilder().setPrettyPrinting().create().toJson(root) + "\n";
    }

    @Override
    public String toString() {
        return "KeyFile[" + name + " " + publicKey.shortText() + "]";
    }
}
