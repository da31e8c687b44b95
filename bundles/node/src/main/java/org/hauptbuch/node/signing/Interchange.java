package org.hauptbuch.node.signing;

import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.node.json.Fields;
import org.hauptbuch.node.json.StrictJson;

/**
 * What keys have signed, in the interchange format of EIP-3076, version 5. As there, numbers and bytes are texts: decimal
 * digits, and hexadecimal ones behind {@code 0x}. Different from there, a public key may have any length, and a file may
 * have no member that is not named here.
 *
 * @param genesis the chain, {@code genesis_validators_root}: here the hash of the genesis
 * @param keys what each key has signed; a key may stand more than once
 */
record Interchange(Hash genesis, List<Key> keys) {
    /** The longest text that is read, in characters: some 20,000 records. */
    static final int MAX_LENGTH = 4 << 20;

    private static final String VERSION = "5";
    private static final int MAX_KEY_DIGITS = 8_192;

    /**
     * What one key has signed.
     *
     * @param key its encoding
     * @param blocks proposals
     * @param votes votes, which the format calls attestations
     */
    record Key(Bytes key, List<SignedBlock> blocks, List<SignedVote> votes) {}

    /**
     * A proposal.
     *
     * @param slot where it stands, 0 or more
     * @param root the hash of what was signed, where that is known
     */
    record SignedBlock(long slot, Optional<Hash> root) {}

    /**
     * A vote.
     *
     * @param source what it builds on, 0 or more
     * @param target what it is for, not less than {@code source}
     * @param root the hash of what was signed, where that is known
     */
    record SignedVote(long source, long target, Optional<Hash> root) {}

    /** Reads the format. @throws IllegalArgumentException naming the field, its value and what it must be */
    static Interchange parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "signing records: " + text.length() + " characters, must be " + MAX_LENGTH + " or less");
        }
        Fields in = StrictJson.object(text, "signing records");
        Fields metadata = in.object("metadata");
        String version = metadata.text("interchange_format_version");
        if (!version.equals(VERSION)) {
            throw metadata.refuse("interchange_format_version", version, VERSION);
        }
        Hash genesis = hash(metadata, "genesis_validators_root")
                .orElseThrow(
                        () -> metadata.refuse("genesis_validators_root", "absent", "0x and 64 hexadecimal digits"));
        metadata.end();
        List<Key> keys = new ArrayList<>();
        for (Fields key : in.objects("data")) {
            keys.add(key(key));
        }
        in.end();
        return new Interchange(genesis, keys);
    }

    private static Key key(Fields in) {
        Bytes key =
                in.parsed("pubkey", "0x and an even number of hexadecimal digits, at most " + MAX_KEY_DIGITS, text -> {
                    if (!text.matches("0x([0-9a-fA-F]{2}){1," + MAX_KEY_DIGITS / 2 + "}")) {
                        throw new IllegalArgumentException("malformed");
                    }
                    return Bytes.fromHex(text.substring(2));
                });
        List<SignedBlock> blocks = new ArrayList<>();
        for (Fields block : in.objects("signed_blocks")) {
            blocks.add(new SignedBlock(number(block, "slot"), hash(block, "signing_root")));
            block.end();
        }
        List<SignedVote> votes = new ArrayList<>();
        for (Fields vote : in.objects("signed_attestations")) {
            long source = number(vote, "source_epoch");
            long target = number(vote, "target_epoch");
            if (source > target) {
                throw vote.refuse("source_epoch", source, target + " or less, its target_epoch");
            }
            votes.add(new SignedVote(source, target, hash(vote, "signing_root")));
            vote.end();
        }
        in.end();
        return new Key(key, blocks, votes);
    }

    private static long number(Fields in, String name) {
        return in.parsed(name, "a whole number in quotes, 0 to " + Long.MAX_VALUE, text -> {
            if (!text.matches("0|[1-9][0-9]{0,18}")) {
                throw new IllegalArgumentException("malformed");
            }
            return Long.parseLong(text);
        });
    }

    private static Optional<Hash> hash(Fields in, String name) {
        return in.optionalParsed(name, "0x and 64 hexadecimal digits", text -> {
            if (!text.matches("0x[0-9a-fA-F]{64}")) {
                throw new IllegalArgumentException("malformed");
            }
            return Hash.fromHex(text.substring(2));
        });
    }

    /** The text that {@link #parse} reads. */
    String format() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("interchange_format_version", VERSION);
        metadata.put("genesis_validators_root", "0x" + genesis);
        List<Object> data = new ArrayList<>();
        for (Key key : keys) {
            List<Object> blocks = new ArrayList<>();
            for (SignedBlock block : key.blocks) {
                Map<String, Object> out = new LinkedHashMap<>();
                out.put("slot", Long.toString(block.slot));
                block.root.ifPresent(root -> out.put("signing_root", "0x" + root));
                blocks.add(out);
            }
            List<Object> votes = new ArrayList<>();
            for (SignedVote vote : key.votes) {
                Map<String, Object> out = new LinkedHashMap<>();
                out.put("source_epoch", Long.toString(vote.source));
                out.put("target_epoch", Long.toString(vote.target));
                vote.root.ifPresent(root -> out.put("signing_root", "0x" + root));
                votes.add(out);
            }
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("pubkey", "0x" + key.key.hex());
            out.put("signed_blocks", blocks);
            out.put("signed_attestations", votes);
            data.add(out);
        }
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("metadata", metadata);
        root.put("data", data);
        return new GsonBuilder().setPrettyPrinting().create().toJson(root) + "\n";
    }
}
