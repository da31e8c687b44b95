package org.hauptbuch.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.value.Address;
import org.junit.jupiter.api.Test;

class DirectoryTest {
    private final FakeContainer home = new FakeContainer("alice", "bob");
    private final Directory directory = new Directory(home, home.nodes.get(0));

    @Test
    void moneyGoesToKeysAndAddressesOnly() {
        register("mallory", home.address("carol"));
        assertEquals(home.address("bob"), directory.account("--to", "bob"));
        String hex = "ab".repeat(20);
        assertEquals(Address.fromHex(hex), directory.account("--to", hex));
        Failure refused = assertThrows(Failure.class, () -> directory.account("--to", "mallory"));
        assertEquals(
                "--to is 'mallory', must be a key of this home (alice, bob, carol, dave, faucet) or an address of 40"
                        + " hexadecimal digits",
                refused.getMessage());
    }

    @Test
    void readingTakesIdsOfValidatorsToo() {
        register("mallory", home.address("carol"));
        assertEquals(home.address("carol"), directory.anyone("ACCOUNT", "mallory"));
        assertThrows(Failure.class, () -> directory.anyone("ACCOUNT", "nobody"));
    }

    @Test
    void anIdThatLooksLikeAnAddressIsNotMistakenForOne() {
        String bob = home.address("bob").toString();
        register(bob, home.address("faucet"));
        assertEquals("bob", directory.validator("VALIDATOR", bob).id());
        assertEquals(home.address("bob"), directory.anyone("ACCOUNT", bob));
    }

    @Test
    void refusesAValidatorThatIsNone() {
        Failure refused = assertThrows(Failure.class, () -> directory.validator("VALIDATOR", "zoe"));
        assertTrue(
                refused.getMessage().startsWith("VALIDATOR is 'zoe', must be the id or address of a validator: "),
                refused.getMessage());
        assertThrows(
                Failure.class,
                () -> directory.validator("VALIDATOR", home.address("faucet").toString()));
    }

    @Test
    void namesAccountsByValidatorThenKeyThenAddress() {
        register("first", home.address("faucet"));
        assertEquals("first", directory.nameOf(home.address("faucet")));
        assertEquals("bob", directory.nameOf(home.address("bob")));
        Address other = Address.fromHex("ab".repeat(20));
        assertEquals(other.toString(), directory.nameOf(other));
    }

    @Test
    void findsTheSignerOrNamesTheKeys() {
        assertEquals(
                home.address("bob"),
                Address.of(directory.signer("--from", "bob").publicKey()));
        Failure refused = assertThrows(Failure.class, () -> directory.signer("--from", "zoe"));
        assertEquals(
                "--from is 'zoe', must be a key of this home: alice, bob, carol, dave, faucet", refused.getMessage());
        assertEquals("bob", directory.keyOf(home.address("bob"), "the authority"));
        assertThrows(Failure.class, () -> directory.keyOf(Address.fromHex("ab".repeat(20)), "the authority"));
    }

    @Test
    void saysThatTheKeyringIsNotUp() {
        home.keyringUp = false;
        assertTrue(assertThrows(Failure.class, directory::keyring).getMessage().contains("keyring is not up"));
        assertEquals("bob", directory.nameOf(home.address("bob")), "names of validators do without");
    }

    @Test
    void knowsADevelopmentNetworkByItsKeys() {
        Directory.requireDevelopment(home);
        home.keys.development = false;
        assertThrows(Failure.class, () -> Directory.requireDevelopment(home));
    }

    @Test
    void choosesARunningNode() {
        home.nodes.get(0).running = false;
        Nodes nodes = new Nodes(home);
        assertEquals("bob", nodes.chosen(java.util.Optional.empty()).name());
        assertEquals("alice", nodes.chosen(java.util.Optional.of("alice")).name());
        assertThrows(Failure.class, () -> nodes.running(java.util.Optional.of("alice")));
        home.nodes.get(1).running = false;
        assertEquals("alice", nodes.chosen(java.util.Optional.empty()).name());
        assertThrows(Failure.class, () -> nodes.running(java.util.Optional.empty()));
        home.nodes.clear();
        home.alsoConfigured.add("carol");
        Failure none = assertThrows(Failure.class, () -> nodes.chosen(java.util.Optional.empty()));
        assertEquals(
                "no node of this container is up (carol): it is still starting, or the log says why",
                none.getMessage());
        home.alsoConfigured.clear();
        assertTrue(assertThrows(Failure.class, () -> nodes.chosen(java.util.Optional.empty()))
                .getMessage()
                .startsWith("no node is configured"));
    }

    private void register(String id, Address address) {
        Validator like = home.chain.validators.get(0);
        home.chain.validators.add(new Validator(
                address, id, like.consensusKey(), like.status(), like.pool(), like.commission(), 0, like.metrics()));
    }
}
