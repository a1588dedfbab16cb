package dev.bayeux.tests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.conformance.TestRun.Status;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InteropPageTest {

    private static TestRun real(String method, String name, Status status, String reason) {
        return new TestRun("tests.interop.Any", method, name, Set.of("server:CometD-9", "transport:jdk", "C-1"), status,
                reason);
    }

    private static TestRun scripted(String rules, String transport, Status status) {
        return new TestRun("tests.contract." + rules, "any", "any()", Set.of("transport:" + transport), status,
                "no use");
    }

    @Test
    void realServersHaveARowForEachTestAndAColumnForEachTransport() {
        InteropPage page = InteropPage.of(List.of(real("aBatchArrives", "[1] JDK", Status.SUCCESSFUL, ""),
                real("aBatchArrives", "[2] http = JETTY_WEBSOCKET", Status.FAILED, ""),
                real("aQuietOne", "[1] JDK", Status.ABORTED, "it has no headers"),
                real("aQuietOne", "[2] JETTY_WEBSOCKET", Status.SUCCESSFUL, ""),
                real("otherwise", "otherwise()", Status.SUCCESSFUL, "")));
        assertTrue(page.text().contains("""
                ## CometD 9

                | | jdk | jetty-websocket |
                | --- | --- | --- |
                | a batch arrives | ✓ | ✓ |
                | a quiet one | (1) | ✓ |
                """), page::text);
        assertTrue(page.text().endsWith("1. it has no headers\n"), page::text);
        assertEquals(List.of(), page.emptyCells());
    }

    @Test
    void scriptedServersCountTheTestsOfEachKind() {
        InteropPage page = InteropPage.of(List.of(scripted("ClientBadInputRules", "jdk", Status.SUCCESSFUL),
                scripted("ClientBadInputRules", "jdk", Status.SUCCESSFUL),
                scripted("ClientBadInputRules", "memory", Status.ABORTED),
                scripted("ExtensionInputRules", "memory", Status.SUCCESSFUL),
                scripted("RequestRules", "jdk", Status.SUCCESSFUL),
                scripted("SocketLossRules", "jdk-websocket", Status.SUCCESSFUL)));
        assertTrue(page.text().contains("| bad input | 2 | (1) |\n"), page::text);
        assertTrue(page.text().contains("| input | 1 |\n"), page::text);
        assertTrue(page.text().contains("| request | 1 |\n"), page::text);
        assertTrue(page.text().contains("| loss | 1 |\n"), page::text);
        assertEquals(List.of(), page.emptyCells());
    }

    @Test
    void aCellWithoutATestIsFound() {
        InteropPage page = InteropPage.of(List.of(real("one", "[1] JDK", Status.SUCCESSFUL, ""),
                real("two", "[1] JETTY", Status.SUCCESSFUL, "")));
        assertEquals(List.of("CometD 9: one: jetty", "CometD 9: two: jdk"), page.emptyCells());
    }
}
