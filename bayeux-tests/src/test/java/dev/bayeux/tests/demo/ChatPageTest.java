package dev.bayeux.tests.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatPageTest {

    private static final URI SERVER = URI.create("http://127.0.0.1:8080/cometd");

    @TempDir
    private Path folder;

    @Test
    void theReasonOfTheBuildIsSaidWhereThePageIsMissing() throws Exception {
        Files.writeString(folder.resolve("missing.txt"), "node or npm was not found\n");
        assertEquals("There is no page for a browser: node or npm was not found", new ChatPage(folder).at(SERVER));
    }

    @Test
    void aBuildThatInstallsNothingIsNoticed() {
        ChatPage page = new ChatPage(folder.resolve("nowhere"));
        assertTrue(page.missing().orElseThrow().endsWith("nowhere does not exist"));
    }

    @Test
    void theAddressIsSaidWhereThePageIsThere() throws Exception {
        Path cometd = Files.createDirectories(folder.resolve("node_modules/cometd"));
        Files.writeString(cometd.resolve("cometd.js"), "");
        assertEquals("A page for a browser is at http://127.0.0.1:8080/", new ChatPage(folder).at(SERVER));
    }
}
