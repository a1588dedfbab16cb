package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.extension.Extension;
import jakarta.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an extension does to single messages. */
abstract class ExtensionMessageRules extends ExtensionRules {

    /** What the protocol says in a message, and what an extension must leave. */
    private static final List<String> HEAD = List.of("channel", "id", "clientId", "successful", "error",
            "subscription", "version", "supportedConnectionTypes", "connectionType", "advice");

    private Extension extension;

    @BeforeEach
    final void makeExtension() {
        extension = contract().newExtension();
    }

    @Test
    void eachClientGetsASeparateInstance() {
        assertNotSame(extension, contract().newExtension());
    }

    @Test
    void itHasANameThatStays() {
        String name = extension.name();
        assertFalse(name.isBlank());
        assertEquals(name, extension.name());
    }

    @Test
    @Tag("C-116")
    void everyMessageOfTheProtocolIsTaken() throws Exception {
        passAll(extension, usual());
        passAll(extension, contract().serverMessages());
    }

    @Test
    @Tag("C-117")
    void handshakesAndConnectsPass() throws Exception {
        for (SampleMessage message : usual()) {
            if (message.isMeta()) {
                assertNotNull(pass(extension, message), () -> "It has held back %s".formatted(message));
            }
        }
    }

    /** Without the reply a program does not know whether the server has accepted its message. */
    @Test
    @Tag("C-117")
    void repliesGoThrough() throws Exception {
        for (SampleMessage reply : SampleMessages.replies().stream().map(contract()::fromServer).toList()) {
            assertNotNull(pass(extension, reply), () -> "It has dropped %s".formatted(reply));
        }
    }

    @Test
    void theReturnedMessageIsDerivedFromTheGivenOne() throws Exception {
        for (SampleMessage message : usual()) {
            SampleMessage result = pass(extension, message);
            if (result != null) {
                for (String field : HEAD) {
                    assertEquals(message.json().get(field), result.json().get(field),
                            () -> "%s of %s has become another".formatted(field, message));
                }
            }
        }
    }

    @Test
    @Tag("C-118")
    void extOfOthersIsKept() throws Exception {
        JsonValue foreign = SampleMessage.incoming(FOREIGN_EXT).json();
        for (SampleMessage message : usual()) {
            SampleMessage result = pass(extension, message.withExt(FOREIGN, foreign));
            if (result != null) {
                assertEquals(foreign, result.ext().get(FOREIGN),
                        () -> "ext.%s of %s has not stayed".formatted(FOREIGN, message));
            }
        }
    }

    @Test
    void addedFieldsAreJson() throws Exception {
        for (SampleMessage message : SampleMessages.requests()) {
            SampleMessage result = pass(extension, message);
            if (result != null) {
                assertEquals(SampleMessage.outgoing(result.json().toString()).json(), result.json());
            }
        }
    }

    @Test
    void aForgedMessageIsDropped() throws Exception {
        List<SampleMessage> forged = contract().forgedMessages();
        assertTrue(forged.isEmpty() || extension.isRequired(),
                "It guards messages, so it must be required: otherwise a message at which it fails is let in");
        for (SampleMessage message : forged) {
            assertNull(pass(extension, message), () -> "It has let in %s".formatted(message.json()));
        }
    }

    @Test
    void itIsRequiredOrNotAndStaysSo() throws Exception {
        boolean required = extension.isRequired();
        passAll(extension, usual());
        assertEquals(required, extension.isRequired());
    }
}
