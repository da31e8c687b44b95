package org.hauptbuch.ledger;

import java.nio.charset.StandardCharsets;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.api.value.Rate;

/** Somebody with an account, and with a consensus key should it become a validator. */
record Actor(String name, PublicKey key, PublicKey consensusKey, Address address) {
    static Actor named(String name) {
        PublicKey key = key("account " + name);
        return new Actor(name, key, key("consensus " + name), Address.of(key));
    }

    static PublicKey key(String text) {
        Hash hash = Hash.sha256(text.getBytes(StandardCharsets.US_ASCII));
        return new PublicKey(KeyType.ED25519, hash.bytes());
    }

    Payload.RegisterValidator registration(long stake) {
        return registration(name, consensusKey, stake);
    }

    Payload.RegisterValidator registration(String id, PublicKey key, long stake) {
        return new Payload.RegisterValidator(
                id,
                key,
                FakeScheme.sign(key, Transaction.possessionBytes(TestChain.CHAIN_ID, address, key)),
                Rate.parse("10%"),
                Rate.parse("20%"),
                Rate.parse("1%"),
                stake);
    }

    Payload.RotateKey rotation(PublicKey key) {
        return new Payload.RotateKey(
                key, FakeScheme.sign(key, Transaction.possessionBytes(TestChain.CHAIN_ID, address, key)));
    }
}
