package org.hauptbuch.node.genesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.node.core.TestChain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GenesisFileTest {
    private static final String GOOD = GenesisFile.format(TestChain.genesis());

    private static void assertRefused(String text, String... words) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> GenesisFile.parse(text, "genesis.json"));
        assertTrue(refused.getMessage().startsWith("genesis.json"), refused.getMessage());
        for (String word : words) {
            assertTrue(refused.getMessage().contains(word), refused.getMessage());
        }
    }

    /** The first field of this name, with another value; an empty value takes it out. */
    private static String with(String field, String value) {
        String changed = GOOD.replaceFirst(
                "\"" + field + "\": (\"[^\"]*\"|[0-9a-z]+|\\{[^{}]*\\})(,?)",
                value.isEmpty() ? "" : "\"" + field + "\": " + value + "$2");
        assertTrue(!changed.equals(GOOD), field);
        return value.isEmpty() ? changed.replaceAll(",\\s*}", "}") : changed;
    }

    @Test
    void whatIsWrittenIsReadBack(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("genesis.json");
        Files.writeString(file, GOOD);
        Genesis read = GenesisFile.read(file);
        assertEquals(TestChain.genesis(), read);
        assertEquals(TestChain.genesis().hash(), read.hash());
    }

    @Test
    void aChainWithoutRuleAuthorityIsReadBack() {
        Genesis live = TestChain.genesis("live", TestChain.NAMES);
        assertEquals(live, GenesisFile.parse(GenesisFile.format(live), "genesis.json"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chainId | \"\" | 1 to 64 bytes",
                "chainId | 5 | a text",
                "timeMillis | -1 | 0 to",
                "seed | \"12\" | 64 hexadecimal digits",
                "minimumStake | 0 | 1 to",
                "maxValidators | 0 | 1 to 10000",
                "maxValidators | 10001 | 1 to 10000",
                "blockTimeMillis | 49 | 50 to 600000",
                "epochLength | 1 | 2 to 1000000",
                "slashingPenalty | \"101%\" | 0% to 100%",
                "slashingPenalty | 5 | a text",
                "enableQuantumResistance | 1 | true or false",
                "enableParallelProcessing | \"true\" | true or false",
                "unbondingEpochs | 0 | 1 to 10000",
                "evidenceMaxAgeBlocks | 0 | 1 to",
                "evidenceMaxAgeMillis | 0 | 1 to",
                "blockReward | -5 | 0 to 1000000000000000",
                "minimumFee | 1.5 | a whole number",
                "maxBlockGas | 5 | 2250000 to",
                "maxBlockBytes | 9999 | 10000 to 33554432",
                "vdfIterations | -1 | 0 to 1099511627776",
                "vdfBits | 240 | 256 to 2048",
                "vdfBits | 1030 | must be a multiple of 16",
                "blockProduction | -1 | 0 to 1000000000000",
                "transactionValidation | \"x\" | a whole number",
                "validatorSelection | 1000000000001 | 0 to 1000000000000",
                "slashingDetection | -1 | 0 to 1000000000000",
                "balance | -1 | 0 to",
                "balance | 99999999999999999999 | 0 to",
                "address | \"00\" | 40 hexadecimal digits",
                "id | \"Alice\" | a-z 0-9",
                "consensusKey | \"99\" | hexadecimal digits, a type byte and a key",
                "stake | 999999 | 1000000 to",
                "commission | \"30%\" | at most the maximum",
                "maxCommission | \"x\" | 0% to 100%",
                "maxDailyChange | \"90%\" | at most the maximum",
                "kind | \"selector\" | selection, staking",
                "version | \"\" | 1 to 64 characters",
                "sha256 | \"00\" | 64 hexadecimal digits",
                "parameters | 5 | an object",
            })
    void everyFieldIsChecked(String field, String wrong, String range) {
        assertRefused(with(field, wrong), range);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chainId",
                "timeMillis",
                "seed",
                "minimumStake",
                "blockTimeMillis",
                "slashingPenalty",
                "enableParallelProcessing",
                "maxBlockBytes",
                "vdfIterations",
                "vdfBits",
                "blockProduction",
                "balance",
                "consensusKey",
                "sha256"
            })
    void aFieldThatIsAbsentIsNamed(String field) {
        assertRefused(with(field, ""), field + " is absent", "must be");
    }

    @Test
    void anUnknownFieldIsRefusedWhereverItIs() {
        assertRefused(GOOD.replaceFirst("\"chainId\"", "\"extra\": 1, \"chainId\""), "extra is unknown");
        assertRefused(
                GOOD.replaceFirst("\"minimumStake\"", "\"minStake\": 1, \"minimumStake\""),
                "parameters.minStake is unknown");
        assertRefused(GOOD.replaceFirst("\"balance\"", "\"x\": 1, \"balance\""), "accounts[0].x is unknown");
        assertRefused(GOOD.replaceFirst("\"stake\"", "\"x\": 1, \"stake\""), "validators[0].x is unknown");
        assertRefused(GOOD.replaceFirst("\"sha256\"", "\"x\": 1, \"sha256\""), "rules[0].x is unknown");
    }

    @Test
    void whatIsNoStrictJsonIsRefused() {
        assertRefused("", "not JSON");
        assertRefused("[]", "not a JSON object");
        assertRefused("{'chainId': 5}", "not JSON");
        assertRefused("{\"chainId\": \"a\", \"chainId\": \"b\"}", "stands twice");
        assertRefused("{\"chainId\": null}", "null");
        assertRefused(GOOD + "{}", "");
        assertRefused("{\"a\":".repeat(50) + "1" + "}".repeat(50), "nested");
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        assertRefused(GOOD.replace("\"bob\"", "\"alice\""), "validator.id", "unique");
        assertRefused(GOOD.replace("\"penalty\"", "\"staking\""), "rules of kind");
        assertRefused(with("balance", Long.toString(Long.MAX_VALUE)), "0 to");
    }

    @Test
    void aFileThatIsNotThereIsNamed(@TempDir Path folder) {
        UncheckedIOException absent =
                assertThrows(UncheckedIOException.class, () -> GenesisFile.read(folder.resolve("none.json")));
        assertTrue(absent.getMessage().contains("none.json"), absent.getMessage());
    }
}
