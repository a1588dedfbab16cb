package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.extension.Extension;
import dev.bayeux.api.extension.SessionChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An extension outlives sessions: each is like the first. */
abstract class ExtensionSessionRules extends ExtensionRules {

    private Extension extension;

    @BeforeEach
    final void makeExtension() {
        extension = contract().newExtension();
    }

    /** A session from its handshake to its end; what the extension has added to each request. */
    private List<Set<String>> session(boolean renewed) throws InterruptedException {
        List<Set<String>> added = new ArrayList<>();
        List<SampleMessage> requests = SampleMessages.requests();
        List<SampleMessage> answers = answers();
        for (SampleMessage request : requests) {
            SampleMessage sent = pass(extension, request);
            added.add(sent == null ? Set.of("(held back)") : new TreeSet<>(sent.ext().keySet()));
            for (SampleMessage answer : answers) {
                if (answer.id().equals(request.id())) {
                    pass(extension, answer);
                }
            }
            if (request.channel().equals("/meta/handshake")) {
                tell(extension, new SessionChange.Started(renewed));
            }
        }
        tell(extension, new SessionChange.Ended());
        return added;
    }

    @Test
    void aNewSessionIsLikeTheFirst() throws Exception {
        List<Set<String>> first = session(false);
        for (int n = 0; n < 3; n++) {
            assertEquals(first, session(true), "what it adds to each request of a new session");
        }
        assertEquals(first, session(false), "what it adds to each request after another connect");
    }

    @Test
    void aNewSessionIsLikeTheFirstAfterWhatTheServerHasSaid() throws Exception {
        session(false);
        passAll(extension, contract().serverMessages());
        List<Set<String>> second = session(true);
        passAll(extension, contract().serverMessages());
        assertEquals(second, session(true), "what it adds to each request of a new session");
    }

    @Test
    void handshakesMayFail() throws Exception {
        HandshakeException why = new HandshakeException(FailureKind.TRANSIENT, "Not connected.", null);
        List<Set<String>> first = session(false);
        for (int n = 0; n < 3; n++) {
            pass(extension, SampleMessages.requests().getFirst());
            tell(extension, new SessionChange.HandshakeFailed(why));
        }
        assertEquals(first, session(true));
    }

    @Test
    void newsMayComeInAnyOrder() throws Exception {
        tell(extension, new SessionChange.Ended());
        tell(extension, new SessionChange.Ended());
        tell(extension, new SessionChange.Started(true));
        tell(extension, new SessionChange.Started(false));
        passAll(extension, answers());
        tell(extension, new SessionChange.Ended());
        passAll(extension, answers());
        passAll(extension, SampleMessages.requests());
    }
}
