package org.hauptbuch.examples.selection.richest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.hauptbuch.api.rule.KnownAnswer;
import org.junit.jupiter.api.Test;

class RichestSelectionAnswersTest {
    @Test
    void theRuleAnswersAsItSaysThatItDoes() {
        List<KnownAnswer> known = new RichestSelectionFactory().knownAnswers();
        assertFalse(known.isEmpty());
        known.forEach(k -> assertEquals(k.expected(), k.answer().get(), k.name()));
    }
}
