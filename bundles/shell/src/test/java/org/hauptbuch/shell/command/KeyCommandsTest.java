package org.hauptbuch.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys that come and go in files. */
class KeyCommandsTest extends CommandsFixture {
    @Test
    void aKeyIsImportedWithThePassphraseOfItsFile() {
        assertEquals(
                "imported",
                json("pos:key-import --json sealed.json --passphrase-file right")
                        .get("name")
                        .getAsString());
        assertContains(shell.run("pos:key-import plain.json --name zoe").out(), "zoe", "ed25519", "Delete plain.json");
        assertFails("pos:key-import sealed.json --passphrase-file wrong", "the key cannot be opened");
        assertFails("pos:key-import plain.json --name zoe", "'zoe' is taken");
    }

    @Test
    void aKeyIsExportedUnderAPassphraseOfItsOwn() {
        assertEquals(
                "bob",
                json("pos:key-export --json bob none.json --passphrase-file right")
                        .get("name")
                        .getAsString());
        assertEquals(Map.of("bob", "the right one"), home.keys.exported);
        assertFails(
                "pos:key-export bob '" + Path.of("README.md").toAbsolutePath() + "' --passphrase-file right",
                "exists already");
    }

    @Test
    void whereNobodyCanBeAskedAFileIsNeeded() {
        assertFails("pos:key-export bob none.json", "--passphrase-file must name a file");
        assertFails("pos:key-import sealed.json", "--passphrase-file must name a file");
    }
}
