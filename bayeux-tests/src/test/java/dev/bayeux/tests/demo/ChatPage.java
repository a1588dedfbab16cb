package dev.bayeux.tests.demo;

import dev.bayeux.tests.interop.CometdTestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The page on which a browser chats, with the {@code cometd} client that the build takes from npm. Without npm there is
 * none.
 *
 * @param folder where the build has put it
 */
public record ChatPage(Path folder) {

    /** Where the build of this module puts it. */
    public ChatPage() {
        this(Path.of(System.getProperty("bayeux.chat", "target/chat")));
    }

    /** Why there is no page; empty if there is one. */
    public Optional<String> missing() {
        if (Files.exists(folder.resolve("node_modules/cometd/cometd.js"))) {
            return Optional.empty();
        }
        Path reason = folder.resolve("missing.txt");
        try {
            return Optional.of(Files.exists(reason) ? Files.readString(reason).strip() : folder + " does not exist");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Lets a server that is not started yet serve it, if it is there. */
    public CometdTestServer serveAt(CometdTestServer server) {
        return missing().isEmpty() ? server.files(folder) : server;
    }

    /** Where it is at this server, or why it is not there, in words. */
    String at(URI server) {
        return missing().map(why -> "There is no page for a browser: " + why)
                .orElseGet(() -> "A page for a browser is at " + server.resolve("/"));
    }
}
