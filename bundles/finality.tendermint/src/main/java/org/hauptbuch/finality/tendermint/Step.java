package org.hauptbuch.finality.tendermint;

/** What a validator waits for in a round; its text is that of the step's timer. */
enum Step {
    PROPOSE("propose"),
    PREVOTE("prevote"),
    PRECOMMIT("precommit");

    final String text;

    Step(String text) {
        this.text = text;
    }
}
