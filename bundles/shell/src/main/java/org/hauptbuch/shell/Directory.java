package org.hauptbuch.shell;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.node.KeyInfo;
import org.hauptbuch.api.node.Keyring;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.value.Address;

/**
 * Who is who: names of keys, ids of validators and addresses. Where money goes, only keys of this home and addresses
 * are names: anybody may register any free validator id.
 */
public final class Directory {
    private final Container container;
    private final NodeService node;

    public Directory(Container container, NodeService node) {
        this.container = container;
        this.node = node;
    }

    /** The account of a key of this home, or an address. */
    public Address account(String argument, String text) {
        return key(text).map(KeyInfo::address).orElseGet(() -> {
            if (!Arguments.isAddress(text)) {
                throw Failure.argument(
                        argument,
                        text,
                        "a key of this home (" + keyNames() + ") or an address of 40 hexadecimal digits");
            }
            return Address.fromHex(text);
        });
    }

    /** As {@link #account}, and the id of a validator too: for reading only. */
    public Address anyone(String argument, String text) {
        if (key(text).isPresent() || Arguments.isAddress(text)) {
            return account(argument, text);
        }
        return node.validators().stream()
                .filter(validator -> validator.id().equals(text))
                .map(Validator::address)
                .findFirst()
                .orElseThrow(() -> Failure.argument(
                        argument,
                        text,
                        "a key of this home (" + keyNames() + "), the id of a validator, or an address"));
    }

    /** A validator by its address or its id; an id that looks like an address is only found by its own address. */
    public Validator validator(String argument, String text) {
        List<Validator> validators = node.validators();
        return validators.stream()
                .filter(v ->
                        Arguments.isAddress(text) ? v.address().equals(Address.fromHex(text)) : v.id().equals(text))
                .findFirst()
                .orElseThrow(() -> Failure.argument(
                        argument,
                        text,
                        "the id or address of a validator: "
                                + validators.stream()
                                        .map(Validator::id)
                                        .limit(20)
                                        .collect(Collectors.joining(", "))));
    }

    /** The signer of a key of this home. */
    public Signer signer(String argument, String name) {
        return keyring()
                .signer(name)
                .orElseThrow(() -> Failure.argument(argument, name, "a key of this home: " + keyNames()));
    }

    /** The name of the key with this address. @throws Failure where this home has none */
    public String keyOf(Address address, String what) {
        return keyring().list().stream()
                .filter(key -> key.address().equals(address))
                .map(KeyInfo::name)
                .findFirst()
                .orElseThrow(() -> new Failure("the key of " + what + " (" + address + ") is not in this home"));
    }

    /** What to call an account: the id of its validator, else the name of its key, else its address. */
    public String nameOf(Address address) {
        return node.validators().stream()
                .filter(v -> v.address().equals(address))
                .map(Validator::id)
                .findFirst()
                .or(() -> container.keyring().stream()
                        .flatMap(keyring -> keyring.list().stream())
                        .filter(key -> key.address().equals(address))
                        .map(KeyInfo::name)
                        .findFirst())
                .orElse(address.toString());
    }

    /** The keys of this home. @throws Failure where the keyring is not up */
    public Keyring keyring() {
        return keyring(container);
    }

    /** The keys of the container's home. @throws Failure where the keyring is not up */
    public static Keyring keyring(Container container) {
        return container
                .keyring()
                .orElseThrow(() -> new Failure("the keys of this home are not available: the keyring is not up"));
    }

    /** Refuses what would do harm outside a development network. */
    public static void requireDevelopment(Container container) {
        if (keyring(container).list().stream().noneMatch(KeyInfo::development)) {
            throw new Failure("this is not a development network (no key of this home is a development key): refused");
        }
    }

    private Optional<KeyInfo> key(String name) {
        return container.keyring().stream()
                .flatMap(keyring -> keyring.list().stream())
                .filter(key -> key.name().equals(name))
                .findFirst();
    }

    private String keyNames() {
        return keyring().list().stream().map(KeyInfo::name).collect(Collectors.joining(", "));
    }
}
