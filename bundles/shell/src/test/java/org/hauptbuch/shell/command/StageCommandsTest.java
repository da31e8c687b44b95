package org.hauptbuch.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.shell.FakeChain;
import org.hauptbuch.shell.command.ShellHarness.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars as they are typed. */
class StageCommandsTest extends CommandsFixture {
    @TempDir
    Path folder;

    private Path jar;

    @BeforeEach
    void write() throws IOException {
        jar = Files.write(folder.resolve("rule.jar"), new byte[] {1, 2, 3});
        home.staging.inside.put("selection.new", RuleKind.SELECTION);
    }

    @Test
    void verifiesAndStages() {
        JsonObject verified = json("pos:rules-verify --json " + jar);
        assertEquals(
                Hash.sha256(new byte[] {1, 2, 3}).toString(),
                verified.get("digest").getAsString());
        assertFalse(verified.get("installed").getAsBoolean());
        assertTrue(verified.get("selfTest").isJsonNull());
        assertContains(shell.run("pos:rules-verify " + jar).out(), "runs once it is installed", "nobody");
        assertEquals(List.of(), home.staging.staged);

        home.staging.signers.add(FakeChain.digest("signer"));
        JsonObject staged = json("pos:rules-stage " + jar + " --json");
        assertTrue(staged.get("installed").getAsBoolean());
        assertEquals(12, staged.getAsJsonObject("selfTest").get("cases").getAsInt());
        assertEquals(
                "org.hauptbuch.api.rule [1.0,2)",
                staged.getAsJsonArray("imports").get(0).getAsString());
        assertContains(
                shell.run("pos:rules-stage " + jar.toUri()).out(),
                "org.example.rules 0.2.0",
                "selection.new",
                "org.hauptbuch.api.rule [1.0,2)",
                FakeChain.digest("signer").toString(),
                "12 cases");
        assertEquals(List.of(jar.toString(), jar.toUri().toString()), home.staging.staged);
    }

    @Test
    void aRefusalIsNotExitCodeNull() {
        home.staging.problems.add("imports org.example.missing, which nothing here exports");
        for (String name : List.of("stage", "verify")) {
            Answer refused = shell.run("pos:rules-" + name + " " + jar);
            assertEquals(1, refused.exit());
            assertContains(refused.out(), "wrong", "imports org.example.missing", "refused: nothing is installed");
            Answer asJson = shell.run("pos:rules-" + name + " --json " + jar);
            assertEquals(1, asJson.exit());
            assertEquals(1, asJson.json().getAsJsonArray("problems").size());
        }
        assertEquals(List.of(), home.staging.staged);
        home.staging.problems.clear();
        home.nodes.get(0).selfTestProblems.add("two answers");
        Answer failed = shell.run("pos:rules-stage " + jar);
        assertEquals(1, failed.exit());
        assertContains(failed.out(), "two answers", "installed, but no validator would attest");
        assertFails("pos:rules-stage " + folder.resolve("none"), "JAR is '");
        assertFails("pos:rules-stage --node zoe " + jar, "--node is 'zoe', must be one of alice, bob");
    }

    @Test
    void stagesWithoutANode() {
        home.nodes.clear();
        assertTrue(json("pos:rules-stage --json " + jar).get("installed").getAsBoolean());
        assertContains(shell.run("pos:rules-stage " + jar).out(), "did not run");
    }

    @Test
    void retiresAStagedJarThatNothingNames() {
        json("pos:rules-stage " + jar + " --json");
        Hash digest = Hash.sha256(new byte[] {1, 2, 3});
        home.nodes.get(1).named.put(digest, "it judged blocks that are kept");
        assertFails(
                "pos:rules-retire selection.new 0.2.0",
                "nothing is retired: selection.new 0.2.0 (SHA-256 " + digest
                        + ") is needed: on bob it judged blocks that are kept");
        home.nodes.get(1).named.clear();
        home.alsoConfigured.add("carol");
        assertFails("pos:rules-retire selection.new 0.2.0", "carol cannot answer");
        home.alsoConfigured.clear();
        JsonObject retired = json("pos:rules-retire selection.new 0.2.0 --json");
        assertEquals(digest.toString(), retired.get("digest").getAsString());
        assertEquals(
                "selection.new 0.2.0", retired.getAsJsonArray("rules").get(0).getAsString());
        assertFails("pos:rules-retire selection.new 0.2.0", "there is no rule selection.new 0.2.0 here");
        assertFails("pos:rules-retire selection.test 0.1.0", "came with the distribution and stays");
        home.stagingUp = false;
        assertFails("pos:rules-retire selection.test 0.1.0", "staging is not up");
    }
}
