package org.hauptbuch.examples.slashing.emptyblocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.hauptbuch.api.rule.KnownAnswer;
import org.junit.jupiter.api.Test;

class EmptyBlocksAnswersTest {
    @Test
    void theRuleAnswersAsItSaysThatItDoes() {
        List<KnownAnswer> known = new EmptyBlocksFactory().knownAnswers();
        assertFalse(known.isEmpty());
        known.forEach(k -> assertEquals(k.expected(), k.answer().get(), k.name()));
    }
}
