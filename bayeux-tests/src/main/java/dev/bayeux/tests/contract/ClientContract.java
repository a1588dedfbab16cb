package dev.bayeux.tests.contract;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.server.ScriptedPeer;
import dev.bayeux.tests.server.ScriptedServer;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/**
 * Certifies a transport together with the engine: a real client over the transport talks to a scripted server, and each
 * test is tagged with the requirement it proves ({@code C-107} and so on). Extend this class, name the provider, and run it
 * with JUnit. The rules are those whose outcome depends on the transport: how failures are reported, what HTTP carries, and
 * how connections are dropped.
 *
 * {@snippet class="dev.bayeux.tests.docs.KitSnippets" region="clientContract"}
 *
 * <p>The engine ({@code dev.bayeux:bayeux-core}) must be on the class path or module path. The tests use the loopback
 * interface only. They check the threads of the whole JVM, so run nothing else in the same JVM at the same time.
 */
public abstract class ClientContract {

    /** Makes the contract; called by subclasses. */
    protected ClientContract() {
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
     * {@return whether the carrier has headers, and statuses or close codes, as HTTP and WebSocket have; if not, tests that
     * need them are skipped with a reason}
     */
    protected boolean headersAndStatuses() {
        return true;
    }

    /**
     * {@return whether the transport is of the kind full duplex, as over WebSocket; if so, tests that make no sense for
     * it are skipped with a reason}
     */
    protected boolean fullDuplex() {
        return false;
    }

    /**
     * {@return whether batches are posted as they are; if not, the transport is one of callback-polling, whose addresses
     * may have 7,000 characters}
     */
    protected boolean posts() {
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
    @DisplayName("sending that fails")
    class FailedSends extends ClientFailedSendRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("HTTP")
    class Http extends ClientHttpRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("suspending, and connections that may be dead")
    class Suspending extends ClientSuspendRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }
}
