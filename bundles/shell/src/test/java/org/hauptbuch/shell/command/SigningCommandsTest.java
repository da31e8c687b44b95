package org.hauptbuch.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing records that come and go in files. */
class SigningCommandsTest extends CommandsFixture {
    @TempDir
    private Path folder;

    @Test
    void recordsAreWrittenToANewFileOnly() throws Exception {
        Path file = folder.resolve("records.json");
        assertContains(shell.run("pos:signing-export '" + file + "' --node bob").out(), "bob", "stop it first");
        assertEquals(home.nodes.get(1).signingRecords(), Files.readString(file));
        assertFails("pos:signing-export '" + file + "'", "exists already, must be a new one");
        assertFails("pos:signing-export '" + folder.resolve("none/records.json") + "'", "cannot be written");
        home.nodes.get(0).running = false;
        JsonObject json = json("pos:signing-export --json --node alice '" + folder.resolve("two.json") + "'");
        assertFalse(json.get("running").getAsBoolean());
    }

    @Test
    void recordsAreTaken() throws Exception {
        Path file = Files.writeString(folder.resolve("records.json"), "{}");
        JsonObject json = json("pos:signing-import --json '" + file + "'");
        assertEquals(3, json.get("records").getAsLong());
        assertEquals(1, json.get("otherKeys").getAsLong());
        assertEquals(12, json.get("signsFrom").getAsLong());
        assertContains(shell.run("pos:signing-import '" + file + "' --node bob").out(), "bob", "height 12");
        Files.writeString(file, "hello");
        assertFails("pos:signing-import '" + file + "'", "is not JSON");
        assertFails("pos:signing-import '" + folder.resolve("none") + "'", "cannot be read");
        Files.write(file, new byte[(4 << 20) + 1]);
        assertFails("pos:signing-import '" + file + "'", "a file of at most 4194304 bytes");
        assertTrue(shell.complete("pos:signing-import x.json --no").contains("--node"));
    }
}
