package dev.bayeux.tests.contract;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.server.ScriptedPeer;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/**
 * Certifies a full-duplex transport over any carrier, under any connection type. Extend this class, name the provider and the
 * server, and run it with JUnit; each test is tagged with the requirement it proves ({@code C-132} and so on). For a carrier
 * over TCP the server is a {@link dev.bayeux.tests.server.StreamServer} with the carrier's
 * {@link dev.bayeux.tests.server.Framing}. A transport over WebSocket is certified by {@link WebSocketContract}.
 *
 * {@snippet class="dev.bayeux.tests.docs.KitSnippets" region="fullDuplexContract"}
 *
 * <p>The tests use the loopback interface only. They check the threads of the whole JVM, so run nothing else in the same JVM
 * at the same time.
 */
@Timeout(300)
public abstract class FullDuplexContract {

    /** Makes the contract; called by subclasses. */
    protected FullDuplexContract() {
    }

    /**
     * {@return the provider of the transport to prove; called for each test, after {@link #newPeer()}}
     */
    protected abstract TransportProvider transportProvider();

    /**
     * {@return the server for one test, at the other end of the carrier. The test closes it}
     */
    protected abstract ScriptedPeer newPeer();

    /**
     * {@return how long a test waits for what should happen at once before it fails; 30 s unless overridden}
     */
    protected Duration patience() {
        return Duration.ofSeconds(30);
    }

    @Nested
    @DisplayName("sending")
    class Sends extends DuplexSendRules {
        @Override
        FullDuplexContract contract() {
            return FullDuplexContract.this;
        }
    }

    @Nested
    @DisplayName("messages")
    class Messages extends DuplexMessageRules {
        @Override
        FullDuplexContract contract() {
            return FullDuplexContract.this;
        }
    }

    @Nested
    @DisplayName("lost connections")
    class Losses extends DuplexLossRules {
        @Override
        FullDuplexContract contract() {
            return FullDuplexContract.this;
        }
    }

    @Nested
    @DisplayName("closing")
    class Closing extends DuplexCloseRules {
        @Override
        FullDuplexContract contract() {
            return FullDuplexContract.this;
        }
    }
}
