package org.hauptbuch.node.keys;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.node.json.Fields;
import org.hauptbuch.node.json.StrictJson;

/**
 * A key in a file: JSON with name, type, secret, public key, address and whether it is for development. Readable by its
 * owner only.
 *
 * @param name the key's name, which is the file's name before {@code .key}
 * @param secret of the key's type, {@link KeyType#secretLength()} bytes
 * @param publicKey the key that verifies
 * @param development whether it was made for a development network: its secret is worth nothing
 */
public record KeyFile(String name, Bytes secret, PublicKey publicKey, boolean development) {
    private static final String SUFFIX = ".key";

    /** The account that it opens. */
    public Address address() {
        return Address.of(publicKey);
    }

    /** The file of the key named {@code name} in {@code folder}. */
    public static Path in(Path folder, String name) {
        return folder.resolve(name + SUFFIX);
    }

    /** Whether {@code file} is named as a key is. */
    public static boolean isNamedLikeOne(Path file) {
        return file.getFileName().toString().endsWith(SUFFIX);
    }

    /**
     * Reads a key.
     *
     * @throws IllegalArgumentException where the file is no key, naming file and field but no secret
     * @throws UncheckedIOException where it cannot be read
     */
    public static KeyFile read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the key " + file + ": " + e, e);
        }
        Fields in = StrictJson.object(text, file.getFileName().toString());
        String name = in.text("name");
        KeyType type = in.parsed("type", "ed25519, ml-dsa-65 or hybrid", KeyType::ofLabel);
        Bytes secret = secret(in, type);
        PublicKey publicKey = in.parsed(
                "publicKey",
                2 + 2 * type.keyLength() + " hexadecimal digits, a type byte and a key",
                PublicKey::fromHex);
        if (publicKey.type() != type) {
            throw in.refuse("publicKey", "of type " + publicKey.type().label(), "of type " + type.label());
        }
        Address address = in.parsed("address", "40 hexadecimal digits", Address::fromHex);
        boolean development = in.bool("development");
        in.end();
        KeyFile key = new KeyFile(name, secret, publicKey, development);
        if (!file.getFileName().toString().equals(name + SUFFIX)) {
            throw in.refuse("name", name, "the file's name without " + SUFFIX);
        }
        if (!key.address().equals(address)) {
            throw in.refuse("address", address, key.address() + ", the address of its public key");
        }
        return key;
    }

    /**
     * Writes a new file.
     *
     * @throws UncheckedIOException where it exists or cannot be written
     */
    public void write(Path file) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("name", name);
        root.put("type", publicKey.type().label());
        root.put("secret", secret.hex());
        root.put("publicKey", publicKey.toString());
        root.put("address", address().toString());
        root.put("development", development);
        byte[] text =
                (new GsonBuilder().setPrettyPrinting().create().toJson(root) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            // made with its permissions: there is no moment in which others can read it
            try (var out = Files.newByteChannel(
                    file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
                ByteBuffer left = ByteBuffer.wrap(text);
                while (left.hasRemaining()) {
                    out.write(left);
                }
            }
        } catch (FileAlreadyExistsException e) {
            throw new UncheckedIOException("the key " + file + " exists already", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the key " + file + ": " + e, e);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Never shows a secret, not even a malformed one. */
    private static Bytes secret(Fields in, KeyType type) {
        String text = in.text("secret");
        int digits = 2 * type.secretLength();
        if (!text.matches("[0-9a-fA-F]{" + digits + "}")) {
            throw in.refuse("secret", "malformed", digits + " hexadecimal digits for " + type.label());
        }
        return Bytes.fromHex(text);
    }

    @Override
    public String toString() {
        return "KeyFile[" + name + " " + publicKey.shortText() + "]";
    }
}
