package org.hauptbuch.shell.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.node.KeyInfo;
import org.hauptbuch.api.node.Keyring;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.Pause;
import org.hauptbuch.shell.Sender;

/**
 * The senders of the load: accounts whose secrets follow from the chain's name, so that every run uses the same and
 * their units are not lost. Anybody can compute them: on a development network only.
 */
final class BenchAccounts {
    private final SignatureScheme scheme;
    private final NodeService node;
    private final Pause pause;

    BenchAccounts(SignatureScheme scheme, NodeService node, Pause pause) {
        this.scheme = scheme;
        this.node = node;
        this.pause = pause;
    }

    /** The first {@code count} accounts. */
    List<BenchAccount> derive(int count) {
        List<BenchAccount> accounts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Bytes seed = new Writer()
                    .string("hauptbuch/bench/1")
                    .string(node.status().chainId())
                    .u32(i)
                    .toBytes();
            accounts.add(new BenchAccount(
                    scheme.signer(KeyType.ED25519, Hash.sha256(seed).bytes())));
        }
        return accounts;
    }

    /**
     * Brings every account to {@code balance}, from the richest development key.
     *
     * @throws Failure where no such key has enough
     */
    void fund(List<BenchAccount> accounts, long balance, Keyring keyring) throws InterruptedException {
        List<Payload> transfers = new ArrayList<>();
        long total = 0;
        for (BenchAccount account : accounts) {
            long has = node.account(account.address()).balance();
            if (has < balance) {
                transfers.add(new Payload.Transfer(account.address(), balance - has));
                total = Math.addExact(total, balance - has);
            }
        }
        if (transfers.isEmpty()) {
            return;
        }
        long needed = Math.addExact(
                total, Math.multiplyExact(transfers.size(), node.parameters().minimumFee()));
        KeyInfo richest = keyring.list().stream()
                .filter(KeyInfo::development)
                .max(Comparator.comparing(key -> node.account(key.address()).balance()))
                .orElseThrow(() -> new Failure("this is not a development network: refused"));
        long has = node.account(richest.address()).balance();
        if (has < needed) {
            throw new Failure("the richest development key, " + richest.name() + ", has " + has
                    + " units, the load needs " + needed + ": fewer --seconds or a lower --rate");
        }
        Signer signer = keyring.signer(richest.name())
                .orElseThrow(() -> new Failure("the key " + richest.name() + " cannot sign"));
        new Sender(node, pause)
                .send(signer, transfers, new Sender.Options(Optional.empty(), 100, true, Optional.empty())).stream()
                        .flatMap(sent -> sent.view().receipt().stream())
                        .filter(receipt -> !receipt.succeeded())
                        .findFirst()
                        .ifPresent(receipt -> {
                            throw new Failure("the load's accounts could not be funded: " + receipt.detail());
                        });
    }
}
