package dev.bayeux.core.observe;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.Timestamp;

/** An event without a duration. */
abstract class InstantEvent extends FlightEvent {

    /** A change of the state. */
    @Name("dev.bayeux.State")
    @Label("State")
    @Description("The client is in another state")
    @Registered
    static final class State extends InstantEvent {

        @Label("Before")
        String before = "";

        @Label("Now")
        String now = "";
    }

    /** A failed attempt. */
    @Name("dev.bayeux.Retry")
    @Label("Retry")
    @Description("An attempt to reach the server has failed, and the client will retry")
    @Registered
    static final class Retry extends InstantEvent {

        @Label("Attempt")
        @Description("How many attempts have failed in a row")
        int attempt;

        @Label("Next Attempt")
        @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
        long nextAttempt;
    }

    /** Messages that found no room in a queue. */
    @Name("dev.bayeux.Drop")
    @Label("Drop")
    @Description("A queue was full and messages were dropped")
    @Registered
    static final class Drop extends InstantEvent {

        @Label("Channels")
        String channels = "";

        @Label("Messages")
        long messages;
    }

    /** A failure that no caller was waiting for. */
    @Name("dev.bayeux.Failure")
    @Label("Failure")
    @Description("A failure that no caller was waiting for: onError receives it, and the client logs it")
    @Registered
    static final class Failure extends InstantEvent {

        @Label("Kind")
        @Description("The name of the client's event")
        String kind = "";
    }
}
