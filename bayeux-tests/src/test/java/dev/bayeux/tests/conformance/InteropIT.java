package dev.bayeux.tests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/interop.md} says which transport does what with which server, as the tests of this module have seen it. Only
 * where all servers are there: the page has a table for each.
 */
class InteropIT {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path PAGE = ROOT.resolve("docs/interop.md");
    private static final Path WRITTEN = Path.of("target", "interop.md");

    private InteropPage page;

    @BeforeEach
    void readWhatRan() throws IOException {
        for (String filter : List.of("test", "groups", "excludedGroups")) {
            Assumptions.assumeTrue(System.getProperty(filter) == null, "Only a part of the tests ran.");
        }
        List<TestRun> runs = TestEvents.runsOfBayeuxTests(ROOT);
        Assumptions.assumeTrue(
                runs.stream().anyMatch(run -> run.ran() && run.named(Proof.SERVER).anyMatch("Faye"::equals)),
                "skipped: the Faye server is not there");
        page = InteropPage.of(runs);
    }

    @Test
    void noCellIsEmptyWithoutAReason() {
        assertEquals(List.of(), page.emptyCells());
    }

    @Test
    void thePageSaysWhatRan() throws IOException {
        Files.writeString(WRITTEN, page.text());
        if (System.getProperty("conformance.write") != null) {
            Files.writeString(PAGE, page.text());
        }
        assertTrue(Files.exists(PAGE) && Files.readString(PAGE).equals(page.text()), """
                docs/interop.md is not what the tests have seen. Run mvn verify -Dconformance.write, or copy what this \
                build has written: cp bayeux-tests/target/interop.md docs""");
    }
}
