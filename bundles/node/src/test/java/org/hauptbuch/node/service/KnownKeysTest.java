package org.hauptbuch.node.service;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class KnownKeysTest {
    @Test
    void whatANodeReadsAndWhatAContainerAddsIsTaken() {
        KnownKeys.check(List.of(
                "name",
                "genesis",
                "poolPerSender",
                "ruleLimitMillis",
                "service.pid",
                "service.factoryPid",
                "service.bundleLocation",
                "felix.fileinstall.filename",
                "component.id",
                "component.name",
                "storeFactory.target",
                ":org.apache.felix.configadmin.revision:",
                "org.apache.karaf.features.configKey"));
    }

    @Test
    void whatNobodyReadsIsRefusedWithTheNearestKey() {
        assertRefused("peer", "peers");
        assertRefused("bindport", "bindPort");
        assertRefused("poolTransaction", "poolTransactions");
        assertRefused("pool.bytes", "poolBytes");
        assertRefused("Key", "key");
        assertRefused("ruleLimit", "ruleLimitMillis");
    }

    private static void assertRefused(String key, String nearest) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> KnownKeys.check(List.of("name", key)));
        assertTrue(
                refused.getMessage().startsWith("there is no key '" + key + "', the nearest is '" + nearest + "'"),
                refused.getMessage());
        assertTrue(refused.getMessage().lines().count() == 1);
    }
}
