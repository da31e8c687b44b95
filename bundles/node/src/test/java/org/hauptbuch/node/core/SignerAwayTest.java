package org.hauptbuch.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hauptbuch.node.signer.SwitchedSigner;
import org.junit.jupiter.api.Test;

/** Validators whose signers go away and come back, in virtual time. */
final class SignerAwayTest {
    private final Map<String, SwitchedSigner> signers = new HashMap<>();
    private final TestNetwork network = new TestNetwork(TestChain.genesis());

    private void aNetwork() {
        for (String name : TestChain.NAMES) {
            SwitchedSigner signer = new SwitchedSigner(TestChain.consensus(name));
            signers.put(name, signer);
            network.add(TestNetwork.newStore(), Settings.validator(name, signer));
        }
        network.startAll();
        network.runToHeight(3, 20_000);
    }

    private void away(boolean away, List<String> names) {
        names.forEach(name -> signers.get(name).away = away);
    }

    @Test
    void oneOfFourAwayTheOthersGoOnAndItSignsAgain() {
        aNetwork();
        away(true, List.of("bob"));
        network.runToHeight(8, 60_000);
        long cast = network.node("bob").core.metrics().get("votesCast");
        away(false, List.of("bob"));
        network.runToHeight(12, 60_000);
        assertTrue(network.node("bob").core.metrics().get("votesCast") > cast);
        assertEquals(0, network.node("bob").core.metrics().get("signingRefused"));
    }

    /** The moment at which they go is a different one each time: between proposal, prevote and precommit. */
    @Test
    void aHeightThatNobodyCouldSignIsDecidedWhenTheSignersAreBack() {
        aNetwork();
        for (int moment = 0; moment < 40; moment++) {
            long height = network.node("alice").height();
            network.run(moment * 13L % TestChain.BLOCK_TIME);
            List<String> gone = moment % 2 == 0 ? TestChain.NAMES : TestChain.NAMES.subList(0, 2);
            away(true, gone);
            network.run(20_000);
            assertTrue(network.node("alice").height() <= height + 3, "nothing is decided meanwhile");
            long stood = network.node("alice").height();
            away(false, gone);
            network.runToHeight(stood + 2, 60_000);
        }
        assertEquals(List.of(), network.node("alice").banned);
    }
}
