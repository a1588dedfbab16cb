package dev.bayeux.tests.contract;

import dev.bayeux.api.spi.TransportProvider;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/**
 * Certifies a transport over WebSocket. Extend this class, name the provider, and run it with JUnit; each test is tagged with
 * the requirement it proves ({@code C-132} and so on).
 *
 * {@snippet class="dev.bayeux.tests.docs.KitSnippets" region="webSocketContract"}
 *
 * <p>The tests use the loopback interface only. They check the threads of the whole JVM, so run nothing else in the same JVM
 * at the same time.
 */
@Timeout(300)
public abstract class WebSocketContract {

    /** Makes the contract; called by subclasses. */
    protected WebSocketContract() {
    }

    /**
     * {@return the provider of the transport to prove; called for each test}
     */
    protected abstract TransportProvider transportProvider();

    /**
     * {@return whether the WebSocket client shows the headers of an upgrade that succeeds; if not, the test of their use is
     * skipped}
     */
    protected boolean showsUpgradeHeaders() {
        return true;
    }

    /**
     * {@return whether the WebSocket client reports the status of a refused upgrade although the body of the answer is cut
     * off; if not, the contract accepts a lost connection as the reason}
     */
    protected boolean tellsCutRefusals() {
        return true;
    }

    /**
     * {@return whether the WebSocket client sends its login to a proxy; if not, the test of that is skipped}
     */
    protected boolean logsInForTunnels() {
        return true;
    }

    /**
     * {@return how long a test waits for what should happen at once before it fails; 30 s unless overridden}
     */
    protected Duration patience() {
        return Duration.ofSeconds(30);
    }

    @Nested
    @DisplayName("opening")
    class Openings extends SocketOpeningRules {
        @Override
        WebSocketContract contract() {
            return WebSocketContract.this;
        }
    }

    @Nested
    @DisplayName("upgrades that give no WebSocket")
    class Refusals extends SocketRefusalRules {
        @Override
        WebSocketContract contract() {
            return WebSocketContract.this;
        }
    }

    @Nested
    @DisplayName("sending")
    class Sends extends SocketSendRules {
        @Override
        WebSocketContract contract() {
            return WebSocketContract.this;
        }
    }

    @Nested
    @DisplayName("messages")
    class Messages extends SocketMessageRules {
        @Override
        WebSocketContract contract() {
            return WebSocketContract.this;
        }
    }

    @Nested
    @DisplayName("lost connections")
    class Losses extends SocketLossRules {
        @Override
        WebSocketContract contract() {
            return WebSocketContract.this;
        }
    }

    @Nested
    @DisplayName("closing")
    class Closing extends SocketCloseRules {
        @Override
        WebSocketContract contract() {
            return WebSocketContract.this;
        }
    }

    @Nested
    @DisplayName("proxies and TLS")
    class Network extends NetworkRules {

        @Override
        TransportProvider provider() {
            return transportProvider();
        }

        @Override
        Duration patience() {
            return WebSocketContract.this.patience();
        }

        @Override
        boolean http() {
            return true;
        }

        @Override
        boolean logsInForTunnels() {
            return WebSocketContract.this.logsInForTunnels();
        }

        @Override
        boolean tunnelsAlways() {
            return true;
        }
    }
}
