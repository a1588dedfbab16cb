package dev.bayeux.tests.client;

import dev.bayeux.tests.server.Answer;
import java.time.Duration;

/** The places in which a client calls code of the program. */
enum Callback {

    MESSAGE_HANDLER(world -> world.server.publish("/handled", "1")),

    EVENT_LISTENER(world -> world.server.expireSessions()),

    ERROR_LISTENER(
            world -> world.server.answerHeldConnects("{\"successful\":false,\"error\":\"500::later\"}")),

    HEADERS_OF_A_CONNECT(world -> world.server.answerHeldConnects("{}")),

    HEADERS_OF_A_PUBLISH(world -> world.meanwhile(same -> same.client.publish("/trigger", 1))),

    HANDSHAKE_FIELDS(world -> world.server.expireSessions()),

    EXTENSION_AT_A_PUBLISH(world -> world.meanwhile(same -> same.client.publish("/trigger", 1))),

    EXTENSION_AT_A_CONNECT(world -> world.server.answerHeldConnects("{}")),

    CREDENTIALS_OF_A_CONNECT(world -> {
        world.server.next("/meta/connect").answer(Answer.status(401));
        world.server.answerHeldConnects("{}");
    }),

    CREDENTIALS_OF_A_PUBLISH(world -> {
        world.server.next("/trigger").answer(Answer.status(401));
        world.meanwhile(same -> same.client.publish("/trigger", 1));
    }),

    BATCH(world -> world.meanwhile(same -> same.client.batch(batch -> {
        batch.publish("/trigger", 1);
        same.entered(batchItself());
    }))),

    STATE_CONDITION(world -> world.meanwhile(same -> same.client.awaitState(state -> {
        same.entered(stateCondition());
        return true;
    }, Duration.ZERO))),

    DATA_GETTER(world -> world.meanwhile(same -> same.client.publish("/trigger", new Getter(same))));

    private final PublicCall.Action provocation;

    Callback(PublicCall.Action provocation) {
        this.provocation = provocation;
    }

    /** Whether the protocol waits while this callback runs: then calls that wait for the protocol cannot succeed. */
    boolean isOnAThreadOfTheProtocol() {
        return switch (this) {
            case HEADERS_OF_A_CONNECT, HEADERS_OF_A_PUBLISH, HANDSHAKE_FIELDS, CREDENTIALS_OF_A_CONNECT,
                    CREDENTIALS_OF_A_PUBLISH, EXTENSION_AT_A_PUBLISH, EXTENSION_AT_A_CONNECT ->
                true;
            case MESSAGE_HANDLER, EVENT_LISTENER, ERROR_LISTENER, BATCH, STATE_CONDITION, DATA_GETTER -> false;
        };
    }

    /** Whether a call that takes long is interrupted in it. */
    boolean isGivenUp() {
        return this == EXTENSION_AT_A_PUBLISH || this == EXTENSION_AT_A_CONNECT;
    }

    void provoke(CallbackWorld world) throws InterruptedException {
        try {
            provocation.make(world);
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    // An enum's constant cannot name itself in its own arguments.
    private static Callback batchItself() {
        return BATCH;
    }

    private static Callback stateCondition() {
        return STATE_CONDITION;
    }

    /** JSON-B calls its getter when it is published. */
    public static final class Getter {

        private final CallbackWorld world;

        Getter(CallbackWorld world) {
            this.world = world;
        }

        /** Any value. */
        public int getValue() {
            world.entered(DATA_GETTER);
            return 1;
        }
    }
}
