package org.hauptbuch.shell.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

class LiveContainerTest {
    @Test
    void namesTheNodesThatAreConfigured() {
        Configuration[] found = {
            configuration(Map.of("name", "bob")), configuration(Map.of("name", "alice")), configuration(Map.of())
        };
        LiveContainer container = new LiveContainer(admin(found, null));
        assertEquals(List.of("alice", "bob"), List.copyOf(container.configured()));
        assertEquals(List.of(), container.nodes());
        assertEquals(Optional.empty(), container.keyring());
        assertEquals(Optional.empty(), container.signatures());
        assertEquals(Optional.empty(), container.staging());
        assertEquals(Optional.empty(), container.nodeAdmin());
    }

    @Test
    void noneIsNone() {
        assertEquals(new TreeSet<String>(), new LiveContainer(admin(null, null)).configured());
        LiveContainer broken = new LiveContainer(admin(null, new IOException("disk")));
        assertThrows(UncheckedIOException.class, broken::configured);
    }

    private static ConfigurationAdmin admin(Configuration[] found, IOException failure) {
        return proxy(ConfigurationAdmin.class, name -> {
            assertEquals("listConfigurations", name);
            if (failure != null) {
                throw failure;
            }
            return found;
        });
    }

    private static Configuration configuration(Map<String, Object> properties) {
        return proxy(Configuration.class, name -> new Hashtable<>(properties));
    }

    private interface Answer {
        Object of(String method) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.of(method.getName())));
    }
}
