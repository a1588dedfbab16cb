package dev.bayeux.tests.contract;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.server.ScriptedPeer;
import dev.bayeux.tests.server.ScriptedServer;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/**
 * Certifies a request-response transport. Extend this class, name the provider, and run it with JUnit; each test is tagged
 * with the requirement it proves ({@code C-106} and so on).
 *
 * {@snippet class="dev.bayeux.tests.docs.KitSnippets" region="transportContract"}
 *
 * <p>The tests use the loopback interface only. They check the threads of the whole JVM, so run nothing else in the same JVM
 * at the same time.
 */
@Timeout(300)
public abstract class TransportContract {

    /** Makes the contract; called by subclasses. */
    protected TransportContract() {
    }

    /**
     * {@return the provider of the transport to prove; called for each test, after {@link #newPeer()}}
     */
    protected abstract TransportProvider transportProvider();

    /**
     * {@return whether the transport speaks HTTP over sockets; if not, tests that make no sense for it are skipped with
     * a reason}
     */
    protected boolean http() {
        return true;
    }

    /**
     * {@return whether batches are posted as they are; if not, the transport is one of callback-polling}
     */
    protected boolean posts() {
        return true;
    }

    /**
     * {@return whether the HTTP client sends its login for a tunnel of a proxy; if not, the test of that is skipped}
     */
    protected boolean logsInForTunnels() {
        return true;
    }

    /**
     * {@return whether the HTTP client reports that the head of a response is too large; if not, the contract accepts a lost
     * connection as the reason}
     */
    protected boolean tellsLargeHeads() {
        return true;
    }

    /**
     * {@return whether the HTTP client notices at once that the server has closed an idle connection; if not, the test of
     * that is skipped}
     */
    protected boolean noticesClosedConnections() {
        return true;
    }

    /**
     * {@return the server for one test; an HTTP server unless overridden. The test closes it}
     */
    protected ScriptedPeer newPeer() {
        return ScriptedServer.start();
    }

    /**
     * {@return how long a test waits for what should happen at once before it fails; 30 s unless overridden}
     */
    protected Duration patience() {
        return Duration.ofSeconds(30);
    }

    @Nested
    @DisplayName("requests")
    class Requests extends RequestRules {
        @Override
        TransportContract contract() {
            return TransportContract.this;
        }
    }

    @Nested
    @DisplayName("replies")
    class Replies extends ReplyRules {
        @Override
        TransportContract contract() {
            return TransportContract.this;
        }
    }

    @Nested
    @DisplayName("bodies")
    class Bodies extends BodyRules {
        @Override
        TransportContract contract() {
            return TransportContract.this;
        }
    }

    @Nested
    @DisplayName("compression")
    class Compression extends CompressionRules {
        @Override
        TransportContract contract() {
            return TransportContract.this;
        }
    }

    @Nested
    @DisplayName("redirects")
    class Redirections extends RedirectRules {
        @Override
        TransportContract contract() {
            return TransportContract.this;
        }
    }

    @Nested
    @DisplayName("cookies")
    class Cookies extends CookieRules {
        @Override
        TransportContract contract() {
            return TransportContract.this;
        }
    }

    @Nested
    @DisplayName("lost connections")
    class Losses extends LossRules {
        @Override
        TransportContract contract() {
            return TransportContract.this;
        }
    }

    @Nested
    @DisplayName("connections that are kept")
    class Keeping extends ConnectionRules {
        @Override
        TransportContract contract() {
            return TransportContract.this;
        }
    }

    @Nested
    @DisplayName("secrets in the texts of failures")
    class Secrets extends SecretRules {
        @Override
        TransportContract contract() {
            return TransportContract.this;
        }
    }

    @Nested
    @DisplayName("nothing is sent twice")
    class Repetition extends RepetitionRules {
        @Override
        TransportContract contract() {
            return TransportContract.this;
        }
    }

    @Nested
    @DisplayName("several requests at once")
    class Concurrency extends ConcurrencyRules {
        @Override
        TransportContract contract() {
            return TransportContract.this;
        }
    }

    @Nested
    @DisplayName("limits and interrupts")
    class Aborts extends AbortRules {
        @Override
        TransportContract contract() {
            return TransportContract.this;
        }
    }

    @Nested
    @DisplayName("closing")
    class Closing extends CloseRules {
        @Override
        TransportContract contract() {
            return TransportContract.this;
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
            return TransportContract.this.patience();
        }

        @Override
        boolean http() {
            return TransportContract.this.http();
        }

        @Override
        boolean logsInForTunnels() {
            return TransportContract.this.logsInForTunnels();
        }

        @Override
        boolean tunnelsAlways() {
            return false;
        }
    }
}
