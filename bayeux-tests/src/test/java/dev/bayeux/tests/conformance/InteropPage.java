package dev.bayeux.tests.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes what works over which transport with which server. It depends on the tests only, not on time or place; a test that
 * failed is shown as if it had passed, since it fails the build anyway.
 */
final class InteropPage {

    private static final String TITLE = """
            # Interoperability

            Each table shows what one server and each transport do together. ✓ means that the test passed. A number leads to
            the reason why there is nothing to test. The servers run on the machine of the build: real ones, and scripted ones
            that also do what real ones do rarely.

            The build writes this page from the tests that ran (`mvn verify -Dconformance.write`). It fails if the page is
            not up to date, or if a cell is empty without a reason.

            """;

    /** An invocation of a test with the constant of the enum that names the transport. */
    private static final Pattern INVOCATION = Pattern.compile("\\[\\d+\\] (?:\\w+ ?= ?)?([A-Z][A-Z0-9_]*)\\b.*");

    /** What the name of a class with rules begins with, and of what its rules are. */
    private static final Set<String> TRANSPORT_RULES = Set.of("ClientHttp", "ClientFailedSend", "ClientSuspend");
    private static final Map<String, String> KINDS = Map.of("Client", "clients", "Extension", "extensions", "Socket",
            "transports over a WebSocket", "Duplex", "transports of the kind full duplex");
    private static final Pattern KIND = Pattern.compile("^(%s)(?=.)".formatted(String.join("|", KINDS.keySet())));

    private final StringBuilder page = new StringBuilder(TITLE);
    private final List<String> reasons = new ArrayList<>();
    /** Cells for which nothing is known. */
    private final List<String> empty = new ArrayList<>();

    /** What is said of one row: by the name of the transport, a sign or a reason. */
    private record Cell(int passed, TreeSet<String> reasons) {

        Cell with(TestRun run) {
            TreeSet<String> all = new TreeSet<>(reasons);
            if (!run.ran()) {
                all.add(run.reason());
            }
            return new Cell(passed + (run.ran() ? 1 : 0), all);
        }
    }

    static InteropPage of(List<TestRun> runs) {
        InteropPage writer = new InteropPage();
        writer.realServers(runs);
        writer.scriptedServers(runs);
        writer.reasons();
        return writer;
    }

    String text() {
        return page.toString();
    }

    List<String> emptyCells() {
        return empty;
    }

    private void realServers(List<TestRun> runs) {
        Map<String, Map<String, Map<String, Cell>>> servers = new TreeMap<>();
        for (TestRun run : runs) {
            Matcher invocation = INVOCATION.matcher(run.name());
            if (invocation.matches()) {
                String transport = invocation.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
                run.named(Proof.SERVER)
                        .forEach(server -> add(servers, server.replace('-', ' '), words(run.method()), transport, run));
            }
        }
        servers.forEach((server, rows) -> table(server, rows, "", false));
    }

    private void scriptedServers(List<TestRun> runs) {
        Map<String, Map<String, Map<String, Cell>>> tables = new TreeMap<>();
        for (TestRun run : runs) {
            if (run.author().startsWith("tests.dialect.")) {
                run.named(Proof.TRANSPORT).forEach(transport -> add(tables, "Scripted servers, habits of real ones",
                        words(run.method().replace("_", ": ")), transport, run));
            }
            if (run.author().startsWith("tests.contract.") && run.author().endsWith("Rules")) {
                String rules = run.author().substring("tests.contract.".length()).replaceFirst("Rules$", "");
                Matcher kind = KIND.matcher(rules);
                String table = isOfTheEngine(rules)
                        ? "the engine, over the memory transport and one WebSocket"
                        : "Network".equals(rules)
                                ? "proxies and TLS"
                                : KINDS.getOrDefault(kind.lookingAt() ? kind.group() : "",
                                        "transports of the kind request and response");
                run.named(Proof.TRANSPORT).forEach(transport -> add(tables, "Scripted servers, " + table,
                        words(kind.replaceFirst("")), transport, run));
            }
        }
        tables.forEach((name, rows) -> table(name, rows, "Numbers of tests that passed.\n\n", true));
    }

    /** The other rules of clients are a part of the contract for transports and run over each. */
    private static boolean isOfTheEngine(String rules) {
        return rules.startsWith("Client") && !TRANSPORT_RULES.contains(rules);
    }

    private static void add(Map<String, Map<String, Map<String, Cell>>> tables, String table, String row, String column,
            TestRun run) {
        tables.computeIfAbsent(table, any -> new TreeMap<>()).computeIfAbsent(row, any -> new TreeMap<>()).merge(column,
                new Cell(0, new TreeSet<>()).with(run), (known, one) -> known.with(run));
    }

    private void table(String title, Map<String, Map<String, Cell>> rows, String text, boolean counted) {
        TreeSet<String> columns = new TreeSet<>();
        rows.values().forEach(row -> columns.addAll(row.keySet()));
        page.append("## ").append(title).append("\n\n").append(text).append("| | ")
                .append(String.join(" | ", columns)).append(" |\n| --- |").append(" --- |".repeat(columns.size()))
                .append('\n');
        rows.forEach((name, row) -> {
            page.append("| ").append(name);
            columns.forEach(column -> page.append(" | ")
                    .append(cell(row.get(column), counted, "%s: %s: %s".formatted(title, name, column))));
            page.append(" |\n");
        });
        page.append('\n');
    }

    private String cell(@Nullable Cell cell, boolean counted, String where) {
        if (cell == null || cell.passed == 0 && cell.reasons.isEmpty()) {
            empty.add(where);
            return "";
        }
        List<String> signs = new ArrayList<>();
        if (cell.passed > 0) {
            signs.add(counted ? Integer.toString(cell.passed) : "✓");
        }
        cell.reasons.forEach(reason -> signs.add("(%d)".formatted(number(reason))));
        return String.join(" ", signs);
    }

    private int number(String reason) {
        if (!reasons.contains(reason)) {
            reasons.add(reason);
        }
        return reasons.indexOf(reason) + 1;
    }

    private void reasons() {
        page.append("## Why there is nothing to test\n\n");
        for (int n = 1; n <= reasons.size(); n++) {
            page.append("%d. %s\n".formatted(n, reasons.get(n - 1)));
        }
    }

    /** "aBatchArrivesInOrder" and "BadInput" as people write. */
    static String words(String name) {
        String words = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ");
        return words.substring(0, 1).toLowerCase(Locale.ROOT)
                + words.substring(1).toLowerCase(Locale.ROOT);
    }
}
