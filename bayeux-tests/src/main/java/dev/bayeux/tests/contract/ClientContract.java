package dev.bayeux.tests.contract;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.server.ScriptedPeer;
import dev.bayeux.tests.server.ScriptedServer;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/**
 * What a client promises over a transport, as tests: a real client over the transport talks to a scripted server, and
 * each test is tagged with the requirement it proves ({@code C-71} and so on). Extend it, say which provider is meant,
 * and run it with JUnit.
 *
 * {@snippet class="dev.bayeux.tests.docs.KitSnippets" region="clientContract"}
 *
 * <p>The engine ({@code dev.bayeux:bayeux-core}) must be on the class path or module path. The tests use the loopback
 * interface only. They look at the threads of the whole virtual machine, so nothing else should run beside them in the
 * same one.
 */
public abstract class ClientContract {

    /** For subclasses. */
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
     * {@return how long a test waits for what should happen at once before it fails; 10 s unless overridden}
     */
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }

    @Nested
    @DisplayName("handshakes")
    class Handshakes extends ClientHandshakeRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("the heartbeat")
    class Connects extends ClientConnectRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("what follows a connect or a handshake")
    class Decisions extends ClientDecisionRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("advice")
    class Advices extends ClientAdviceRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("states and events")
    class States extends ClientStateRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("replies")
    class Replies extends ClientReplyRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("sending")
    class Sends extends ClientSendRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
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
    @DisplayName("publishing and calling")
    class Publishes extends ClientPublishRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("publishing through outages")
    class Outboxes extends ClientOutboxRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("subscribing")
    class Subscribes extends ClientSubscribeRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("subscriptions in new sessions")
    class Restores extends ClientRestoreRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("positions")
    class Replays extends ClientReplayRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("receiving")
    class Deliveries extends ClientDeliveryRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("pauses for slow subscribers")
    class Pauses extends ClientPauseRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("queues")
    class Queues extends ClientQueueRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("disconnecting and closing")
    class Ends extends ClientEndRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("the server ends the session")
    class ServerEnds extends ClientServerEndRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("extensions")
    class Extensions extends ClientExtensionRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("limits and waits")
    class Times extends ClientTimeRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("what no server should say")
    class BadInput extends ClientBadInputRules {
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
    @DisplayName("acknowledged deliveries")
    class Acknowledgements extends ClientAckRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("extensions and sessions")
    class ExtensionLives extends ClientExtensionLifeRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("extensions that hold messages back")
    class Vetoes extends ClientVetoRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("extensions that fail")
    class BadExtensions extends ClientBadExtensionRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }

    @Nested
    @DisplayName("several servers")
    class Endpoints extends ClientEndpointRules {
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

    @Nested
    @DisplayName("credentials")
    class Identities extends ClientCredentialsRules {
        @Override
        ClientContract contract() {
            return ClientContract.this;
        }
    }
}
