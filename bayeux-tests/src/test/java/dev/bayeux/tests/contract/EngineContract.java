package dev.bayeux.tests.contract;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/**
 * All that the engine promises, as tests of a real client against a scripted server. They run over the memory transport
 * and over one WebSocket, since nothing in them depends on the stack that carries a message. The few rules that do are in
 * {@link ClientContract}, and run over each transport.
 */
public abstract class EngineContract extends ClientContract {

    /** For subclasses. */
    protected EngineContract() {
    }

    @Nested
    @DisplayName("handshakes")
    class Handshakes extends ClientHandshakeRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("the heartbeat")
    class Connects extends ClientConnectRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("what follows a connect or a handshake")
    class Decisions extends ClientDecisionRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("advice")
    class Advices extends ClientAdviceRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("states and events")
    class States extends ClientStateRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("replies")
    class Replies extends ClientReplyRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("sending")
    class Sends extends ClientSendRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("publishing and calling")
    class Publishes extends ClientPublishRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("what programs that pass messages on need")
    class Programs extends ClientProgramRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("publishing through outages")
    class Outboxes extends ClientOutboxRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("subscribing")
    class Subscribes extends ClientSubscribeRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("subscriptions in new sessions")
    class Restores extends ClientRestoreRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("positions")
    class Replays extends ClientReplayRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("receiving")
    class Deliveries extends ClientDeliveryRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("pauses for slow subscribers")
    class Pauses extends ClientPauseRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("queues")
    class Queues extends ClientQueueRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("disconnecting and closing")
    class Ends extends ClientEndRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("the server ends the session")
    class ServerEnds extends ClientServerEndRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("extensions")
    class Extensions extends ClientExtensionRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("limits and waits")
    class Times extends ClientTimeRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("what no server should say")
    class BadInput extends ClientBadInputRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("acknowledged deliveries")
    class Acknowledgements extends ClientAckRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("extensions and sessions")
    class ExtensionLives extends ClientExtensionLifeRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("extensions that hold messages back")
    class Vetoes extends ClientVetoRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("extensions that fail")
    class BadExtensions extends ClientBadExtensionRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("several servers")
    class Endpoints extends ClientEndpointRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("credentials")
    class Identities extends ClientCredentialsRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("outcomes of sending")
    class Outcomes extends ClientOutcomeRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("requests and answers of HTTP")
    class Conversations extends ClientConversationRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }

    @Nested
    @DisplayName("suspending")
    class Resting extends ClientRestRules {
        @Override
        ClientContract contract() {
            return EngineContract.this;
        }
    }
}
