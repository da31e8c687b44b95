package org.hauptbuch.vdf.wesolowski;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.hauptbuch.api.vdf.DelayResult;
import org.hauptbuch.api.vdf.DelayWatch;
import org.junit.jupiter.api.Test;

/** Every output and proof as Chia's reference has them; -Dvdf.vectors=all takes all of them, else one in eighteen. */
class VectorsTest {
    private final WesolowskiDelay delay = new WesolowskiDelay();

    @Test
    void computesAndVerifiesWhatTheReferenceDid() throws IOException {
        List<Vectors.Vector> vectors = Vectors.all();
        assertEquals(234, vectors.size());
        int step = "all".equals(System.getProperty("vdf.vectors")) ? 1 : 18;
        for (int i = 0; i < vectors.size(); i += step) {
            Vectors.Vector vector = vectors.get(i);
            DelayResult result = delay.evaluate(vector.task(), 1, DelayWatch.NEVER_ENDING);

            assertEquals(vector.output(), result.output(), "output of line " + (i + 1));
            assertEquals(vector.proof(), result.proof(), "proof of line " + (i + 1));
            assertTrue(delay.verify(vector.task(), vector.output(), vector.proof()), "line " + (i + 1));
        }
    }
}
