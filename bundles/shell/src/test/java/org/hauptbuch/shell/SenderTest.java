package org.hauptbuch.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.TransactionView;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SenderTest {
    private static final Sender.Options DEFAULTS = new Sender.Options(Optional.empty(), 100, true, Optional.empty());

    private final FakeContainer home = new FakeContainer("alice");
    private final FakeNode node = home.nodes.get(0);
    private final FakePause pause = new FakePause();
    private final Signer alice = home.keys.signer("alice").orElseThrow();
    private final Payload transfer = new Payload.Transfer(home.address("bob"), 5);

    @BeforeEach
    void start() {
        home.chain.immediate = false;
        home.chain.seal();
    }

    @Test
    void signsWithTheChainsMinimumFeeItsGasAndAnExpiry() throws Exception {
        pause.during(home.chain::seal);
        Sender.Sent sent = send(DEFAULTS).get(0);
        Transaction t = sent.transaction();
        assertEquals(home.chain.parameters.minimumFee(), t.fee());
        assertEquals(500_000, t.gasLimit());
        assertEquals(101, t.expiryHeight());
        assertEquals(0, t.nonce());
        assertTrue(home.scheme.verify(t.sender(), t.signBytes(), t.signature()));
        assertEquals(TransactionView.State.FINAL, sent.view().state());
        assertEquals(2, sent.view().receipt().orElseThrow().height());
    }

    @Test
    void takesFeeAndExpiryAsAsked() throws Exception {
        Transaction t = send(new Sender.Options(Optional.of(77L), 3, false, Optional.empty()))
                .get(0)
                .transaction();
        assertEquals(77, t.fee());
        assertEquals(4, t.expiryHeight());
    }

    @Test
    void countsTheNoncesOfThePool() throws Exception {
        Sender.Options atOnce = new Sender.Options(Optional.empty(), 100, false, Optional.empty());
        send(atOnce);
        List<Sender.Sent> two = new Sender(node, pause).send(alice, List.of(transfer, transfer), atOnce);
        assertEquals(
                List.of(1L, 2L), two.stream().map(s -> s.transaction().nonce()).toList());
        assertEquals(TransactionView.State.PENDING, two.get(0).view().state());
        assertEquals(0, pause.millis(), "nothing was waited for");
    }

    @Test
    void givesUpAfterTenBlockTimesAndNamesTheTransaction() {
        Failure late = assertThrows(Failure.class, () -> send(DEFAULTS));
        Transaction t = home.chain.pool.values().iterator().next();
        assertTrue(
                late.getMessage().startsWith("transaction " + t.id() + " is not final after 10 s"), late.getMessage());
        assertTrue(late.getMessage().contains("pos:tx-show " + t.id()), late.getMessage());
        assertEquals(10_000, pause.millis());
    }

    @Test
    void waitsAsLongAsAsked() {
        assertThrows(
                Failure.class,
                () -> send(new Sender.Options(Optional.empty(), 100, true, Optional.of(Duration.ofSeconds(3)))));
        assertEquals(3_000, pause.millis());
    }

    @Test
    void saysThatATransactionExpired() {
        pause.during(() -> {
            home.chain.pool.clear();
            home.chain.seal();
        });
        Failure expired = assertThrows(
                Failure.class, () -> send(new Sender.Options(Optional.empty(), 2, true, Optional.empty())));
        assertTrue(expired.getMessage().contains("expired: no block up to 3 holds it"), expired.getMessage());
    }

    @Test
    void namesWhatWasSentBeforeARefusal() {
        long all = home.chain.balances.get(home.address("alice"));
        Sender.Options dear = new Sender.Options(Optional.of(all), 100, false, Optional.empty());
        home.chain.immediate = true;
        Failure refused = assertThrows(Failure.class, () -> new Sender(node, pause)
                .send(alice, List.of(new Payload.Unjail(), transfer), dear));
        assertTrue(refused.getMessage().contains("sent before it: "), refused.getMessage());
        assertThrows(PoSException.class, () -> send(dear), "the first is refused as it is");
    }

    private List<Sender.Sent> send(Sender.Options options) throws InterruptedException {
        return new Sender(node, pause).send(alice, List.of(transfer), options);
    }
}
