package dev.bayeux.tests.conformance;

import dev.bayeux.tests.conformance.Requirement.Excuse;
import dev.bayeux.tests.conformance.Requirement.Level;
import dev.bayeux.tests.conformance.Requirement.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Writes which tests prove which requirement. It depends on the tests only, not on time or place. */
final class ConformancePage {

    private static final String TITLE = """
            # Conformance

            This page lists each requirement of [the protocol](protocol.md) in short, and the tests that prove it for this
            client. A test names its requirement with a tag: `mvn test -Dgroups=C-18 -Dsurefire.failIfNoSpecifiedTests=false`
            runs the tests of C-18. Tests of the contracts run over each transport, and the page names the transports. Tests
            with servers that not every machine has are not listed.

            The build writes this page from the tests that ran (`mvn verify -Dconformance.write`). It fails if the page is
            not up to date, if a test names a requirement that does not exist, or if a requirement has neither a test nor a
            sentence here.

            """;

    private final List<Requirement> requirements;
    private final List<Proof> proofs;
    private final StringBuilder page = new StringBuilder(TITLE);

    private ConformancePage(List<Requirement> requirements, List<Proof> proofs) {
        this.requirements = requirements;
        this.proofs = proofs;
    }

    static String of(List<Requirement> requirements, List<Proof> proofs) {
        ConformancePage writer = new ConformancePage(requirements,
                proofs.stream().filter(proof -> !proof.tags().contains(Proof.OPTIONAL)).toList());
        writer.write();
        return writer.page.toString();
    }

    private void write() {
        summary();
        String section = "";
        for (Requirement requirement : requirements) {
            if (!requirement.section().equals(section)) {
                section = requirement.section();
                page.append("\n## ").append(section).append('\n');
            }
            if (requirement.row().isEmpty()) {
                heading(requirement);
            } else {
                row(requirement);
            }
        }
    }

    private void summary() {
        page.append("| level | all | proven | ").append(Arrays.stream(Reason.values()).map(Reason::words)
                .collect(Collectors.joining(" | "))).append(" |\n| --- | --- | --- | --- | --- | --- |\n");
        for (Level level : Level.values()) {
            page.append("| ").append(level).append(" | ").append(count(level, any -> true)).append(" | ")
                    .append(count(level, one -> one.excuse().isEmpty()));
            for (Reason reason : Reason.values()) {
                page.append(" | ").append(count(level,
                        one -> one.excuse().map(Excuse::reason).filter(reason::equals).isPresent()));
            }
            page.append(" |\n");
        }
    }

    private long count(Level level, Predicate<Requirement> condition) {
        return requirements.stream().filter(one -> one.row().isEmpty() && one.level() == level).filter(condition)
                .count();
    }

    private void heading(Requirement requirement) {
        page.append("\n### ").append(requirement.tag()).append(' ').append(requirement.level()).append("\n\n")
                .append(requirement.text()).append('\n');
        requirement.excuse().ifPresent(excuse -> page.append('\n').append(capital(excuse.reason().words()))
                .append(": ").append(excuse.sentence()).append('\n'));
        // What proves a row is listed with the row.
        tests(proof -> proof.tags().contains(requirement.tag()));
    }

    private void row(Requirement requirement) {
        page.append("\n**").append(requirement.row().orElseThrow()).append("** ").append(requirement.text())
                .append('\n');
        tests(proof -> proof.tags().contains(requirement.tag()));
    }

    private void tests(Predicate<Proof> condition) {
        Map<Proof, TreeSet<String>> transports = new TreeMap<>();
        proofs.stream().filter(condition).forEach(proof -> transports.computeIfAbsent(proof, any -> new TreeSet<>())
                .addAll(proof.tags().stream().filter(tag -> tag.startsWith(Proof.TRANSPORT))
                        .map(tag -> tag.substring(Proof.TRANSPORT.length())).toList()));
        Map<String, TreeSet<String>> lines = new TreeMap<>();
        transports.forEach((proof, over) -> lines.computeIfAbsent("- `%s`%s: ".formatted(proof.className(),
                over.isEmpty() ? "" : " over " + String.join(", ", over)), any -> new TreeSet<>())
                .add(proof.method()));
        if (!lines.isEmpty()) {
            page.append('\n');
        }
        lines.forEach((start, methods) -> page.append(start).append(String.join(", ", methods))
                .append('\n'));
    }

    private static String capital(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
