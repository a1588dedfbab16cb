package dev.bayeux.tests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every requirement is proven by a test that ran, and {@code docs/conformance.md} says by which. Looks at what the
 * tests of all modules left behind, so it runs after them.
 */
class ConformanceIT {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path PAGE = ROOT.resolve("docs/conformance.md");
    private static final Path WRITTEN = Path.of("target", "conformance.md");

    private List<Requirement> requirements;
    private List<Proof> proofs;

    @BeforeEach
    void readWhatRan() throws IOException {
        for (String filter : List.of("test", "groups", "excludedGroups")) {
            Assumptions.assumeTrue(System.getProperty(filter) == null, "Only a part of the tests ran.");
        }
        requirements = Requirements.ours();
        proofs = TestEvents.ofModules(ROOT);
    }

    @Test
    void everyRequirementIsProvenOrSaysWhyNot() {
        Set<String> proven = proofs.stream().filter(Proof::passed)
                .filter(proof -> !proof.tags().contains(Proof.OPTIONAL))
                .flatMap(proof -> proof.tags().stream()).collect(Collectors.toSet());
        assertEquals(List.of(), requirements.stream().filter(requirement -> requirement.excuse().isEmpty())
                .filter(requirement -> proven.stream().noneMatch(requirement::isMeantBy)).map(Requirement::tag)
                .toList(), "No test has a tag with these numbers and passed.");
    }

    @Test
    void tagsAreNumbersOfRequirements() {
        Set<String> known = requirements.stream().map(Requirement::tag).collect(Collectors.toSet());
        Set<String> unknown = new TreeSet<>();
        for (Proof proof : proofs) {
            for (String tag : proof.tags()) {
                if (!known.contains(tag) && !tag.startsWith(Proof.TRANSPORT) && !tag.startsWith(Proof.SERVER)
                        && !tag.equals(Proof.OPTIONAL)) {
                    unknown.add("%s in %s.%s".formatted(tag, proof.className(), proof.method()));
                }
            }
        }
        assertEquals(Set.of(), unknown, "These tags mean nothing.");
    }

    @Test
    void thePageSaysWhatRan() throws IOException {
        String page = ConformancePage.of(requirements, proofs);
        Files.writeString(WRITTEN, page);
        if (System.getProperty("conformance.write") != null) {
            Files.writeString(PAGE, page);
        }
        assertTrue(Files.exists(PAGE) && Files.readString(PAGE).equals(page), """
                docs/conformance.md is not what the tests prove. Run mvn verify -Dconformance.write, or copy what this \
                build has written: cp bayeux-tests/target/conformance.md docs""");
    }
}
