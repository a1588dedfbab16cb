package dev.bayeux.tests.contract;

import dev.bayeux.api.extension.Extension;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/**
 * Checks what every extension must do and must not do. Extend this class, make the extension in it, and run it with JUnit.
 *
 * {@snippet class="dev.bayeux.tests.docs.KitSnippets" region="extensionContract"}
 *
 * <p>Test the purpose of the extension in separate tests; {@link SampleMessage} helps with them. The engine
 * ({@code dev.bayeux:bayeux-core}) must be on the class path or module path. The tests use no network. They check the threads
 * of the whole JVM, so run nothing else in the same JVM at the same time.
 */
public abstract class ExtensionContract {

    /** Makes the contract; called by subclasses. */
    protected ExtensionContract() {
    }

    /**
     * {@return an extension as a new client would get it; called for each test, and more than once by some}
     */
    protected abstract Extension newExtension();

    /**
     * {@return messages of a server that knows this extension; none unless overridden. They are taken as they are and
     * with values that a server should not send}
     */
    protected List<SampleMessage> serverMessages() {
        return List.of();
    }

    /**
     * Changes a message as a server does that knows this extension, for example by a signature. All messages of servers in
     * these tests are changed so, except those that a server should not send. Override it for a verifier, which drops
     * messages without a signature.
     *
     * @param message a message of a server that does not know the extension
     * @return the same as this extension expects it; unchanged unless overridden
     */
    protected SampleMessage fromServer(SampleMessage message) {
        return message;
    }

    /**
     * {@return messages of a server that the extension must drop, such as those without a valid signature; none unless
     * overridden. An extension that has some must be {@linkplain Extension#isRequired() required}}
     */
    protected List<SampleMessage> forgedMessages() {
        return List.of();
    }

    /**
     * {@return how long a call may take before it counts as stalled; 5 s unless overridden}
     */
    protected Duration patience() {
        return Duration.ofSeconds(5);
    }

    @Nested
    @DisplayName("messages")
    class Messages extends ExtensionMessageRules {
        @Override
        ExtensionContract contract() {
            return ExtensionContract.this;
        }
    }

    @Nested
    @DisplayName("what servers should not send")
    class Inputs extends ExtensionInputRules {
        @Override
        ExtensionContract contract() {
            return ExtensionContract.this;
        }
    }

    @Nested
    @DisplayName("sessions")
    class Sessions extends ExtensionSessionRules {
        @Override
        ExtensionContract contract() {
            return ExtensionContract.this;
        }
    }

    @Nested
    @DisplayName("within a client")
    class Clients extends ExtensionClientRules {
        @Override
        ExtensionContract contract() {
            return ExtensionContract.this;
        }
    }
}
