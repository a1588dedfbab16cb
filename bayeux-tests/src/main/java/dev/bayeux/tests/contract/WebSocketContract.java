package dev.bayeux.tests.contract;

import dev.bayeux.api.spi.TransportProvider;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/**
 * What every transport over WebSocket promises, as tests. Extend it, say which provider is meant, and run it with JUnit;
 * each test is tagged with the requirement it proves ({@code C-132} and so on).
 *
 * {@snippet class="dev.bayeux.tests.docs.KitSnippets" region="webSocketContract"}
 *
 * <p>The tests use the loopback interface only. They look at the threads of the whole virtual machine, so nothing else
 * should run beside them in the same one.
 */
@Timeout(60)
public abstract class WebSocketContract {

    /** For subclasses. */
    protected WebSocketContract() {
    }

    /**
     * {@return the provider of the transport to prove; called for each test}
     */
    protected abstract TransportProvider transportProvider();

    /**
     * {@return whether the WebSocket client shows the headers of an upgrade that succeeds; if not, the test that they
     * are used is skipped}
     */
    protected boolean showsUpgradeHeaders() {
        return true;
    }

    /**
     * {@return whether the WebSocket client tells the status of a refused upgrade although the body of the answer breaks
     * off; if not, a lost connection will do as the reason}
     */
    protected boolean tellsCutRefusals() {
        return true;
    }

    /**
     * {@return whether the WebSocket client logs in at a proxy; if not, the test that it does is skipped}
     */
    protected boolean logsInForTunnels() {
        return true;
    }

    /**
     * {@return how long a test waits for what should happen at once before it fails; 10 s unless overridden}
     */
    protected Duration patience() {
        return Duration.ofSeconds(10);
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
