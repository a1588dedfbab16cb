package dev.bayeux.tests.contract;

import dev.bayeux.api.extension.Extension;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/**
 * What every extension should do and leave alone, as tests. Extend it, say how the extension is made, and run it with
 * JUnit.
 *
 * {@snippet class="dev.bayeux.tests.docs.KitSnippets" region="extensionContract"}
 *
 * <p>What the extension is for is left to separate tests; {@link SampleMessage} helps with them. The engine
 * ({@code dev.bayeux:bayeux-core}) must be on the class path or module path. The tests use no network. They look at the
 * threads of the whole virtual machine, so nothing else should run beside them in the same one.
 */
public abstract class ExtensionContract {

    /** For subclasses. */
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
     * Says how a server that knows this extension sends a message, with a signature for example. All messages of servers
     * in these tests come so, but for those that a server should not send. A verifier needs this: what it does not get
     * signed it lets nobody have.
     *
     * @param message a message of a server that does not know the extension
     * @return the same as this extension expects it; unchanged unless overridden
     */
    protected SampleMessage fromServer(SampleMessage message) {
        return message;
    }

    /**
     * {@return messages of a server that the extension must not let in, such as those without a valid signature; none
     * unless overridden. An extension that has some must be {@linkplain Extension#isRequired() required}}
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
