package dev.bayeux.tests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.conformance.Requirement.Level;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConformancePageTest {

    private static final List<Requirement> SOME = Requirements.parse(
            List.of("# a comment", "## First", "C-01\tMUST\tOne.", "C-01/A1\tMUST\tA row.", "## Second",
                    "C-02\tMAY\tTwo.\tnot done: Nobody needs it."));

    private static Proof proof(String method, String... tags) {
        return new Proof("core.SomeTest", method, Set.of(tags), true);
    }

    private static String page(Proof... proofs) {
        String page = ConformancePage.of(SOME, List.of(proofs));
        return page.substring(page.indexOf("## First"));
    }

    @Test
    void testsAreListedOnceWithAllTheirTransports() {
        assertEquals("""
                ## First

                ### C-01 MUST

                One.

                - `core.SomeTest` over jdk, jetty: b
                - `core.SomeTest`: c, d

                **A1** A row.

                - `core.SomeTest`: a

                ## Second

                ### C-02 MAY

                Two.

                Not done: Nobody needs it.
                """, page(proof("d", "C-01"), proof("b", "C-01", "transport:jetty"), proof("a", "C-01/A1"),
                proof("c", "C-01"), proof("b", "C-01", "transport:jdk"), proof("optional", "C-01", "optional")));
    }

    @Test
    void theOrderOfTheTestsChangesNothing() {
        assertEquals(page(proof("a", "C-01"), proof("b", "C-01")), page(proof("b", "C-01"), proof("a", "C-01")));
    }

    @Test
    void theProofOfARowProvesTheWhole() {
        assertTrue(SOME.get(0).isMeantBy("C-01/A1"));
        assertTrue(SOME.get(0).isMeantBy("C-01"));
        assertEquals(false, SOME.get(1).isMeantBy("C-01"));
        assertEquals(false, SOME.get(0).isMeantBy("C-011"));
    }

    @Test
    void theListIsWhole() throws IOException {
        List<Requirement> ours = Requirements.ours();
        assertEquals(IntStream.rangeClosed(1, 138).boxed().toList(),
                ours.stream().filter(one -> one.row().isEmpty()).map(Requirement::number).toList());
        assertEquals(List.of(112L, 24L, 2L), List.of(Level.values()).stream().map(level -> ours.stream()
                .filter(one -> one.row().isEmpty() && one.level() == level).count()).toList());
        assertEquals(11 + 5 + 21, ours.stream().filter(one -> one.row().isPresent()).count());
        assertEquals(ours.size(), ours.stream().map(Requirement::tag).distinct().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"C-01\tMUST", "C-1\tMUST\tOne.", "C-01\tWILL\tOne.", "C-01\tMAY\tOne.\tnot done: ",
            "C-01\tMAY\tOne.\tno: Nothing.", "C-01\tMUST\tOne.\tnot done: A MUST is a must."})
    void otherLinesAreErrors(String line) {
        assertThrows(IllegalArgumentException.class, () -> Requirements.parse(List.of(line)));
    }
}
