package dev.bayeux.core.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A short look with known inputs; {@code mvn -Pfuzz} takes a long one. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FuzzReplayTest {

    private static final int CHANGED = 3000;

    private static void run(FuzzTarget target, byte[] input) {
        try {
            target.code.accept(input);
        } catch (RuntimeException | AssertionError | StackOverflowError broken) {
            throw new AssertionError("%s breaks on: %s".formatted(target, Corpus.line(input)), broken);
        }
    }

    @ParameterizedTest
    @EnumSource
    void earlierFindingsStayFixed(FuzzTarget target) {
        List<byte[]> corpus = Corpus.of(target);
        assertTrue(corpus.size() > 5);
        corpus.forEach(input -> run(target, input));
    }

    @ParameterizedTest
    @EnumSource
    void changesOfItAreRightToo(FuzzTarget target) {
        Mutator mutator = new Mutator(20_261_122, Corpus.of(target));
        for (int n = 0; n < CHANGED; n++) {
            run(target, mutator.next());
        }
    }

    @Test
    void inputsAreKeptExactly() {
        byte[] all = new byte[256];
        for (int n = 0; n < all.length; n++) {
            all[n] = (byte) n;
        }
        assertArrayEquals(all, Corpus.bytes(Corpus.line(all)));
        assertEquals("a\\x5cb\\x00", Corpus.line(new byte[]{'a', '\\', 'b', 0}));
    }
}
