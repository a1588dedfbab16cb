package dev.bayeux.core.observe;

import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.Description;

/** An exchange with the server. Each kind is a class, so that a recording can enable them separately. */
abstract class ExchangeEvent extends FlightEvent {

    @Label("Connection Type")
    String connectionType = "";

    /** A handshake request. */
    @Name("dev.bayeux.Handshake")
    @Label("Handshake")
    @Description("A /meta/handshake until its reply is there")
    @Registered
    static final class Handshake extends ExchangeEvent {
    }

    /** A connect request. */
    @Name("dev.bayeux.Poll")
    @Label("Poll")
    @Description("A /meta/connect, which the server holds, until its reply is there")
    @Registered
    static final class Poll extends ExchangeEvent {
    }

    /** A batch of other messages. */
    @Name("dev.bayeux.Send")
    @Label("Send")
    @Description("A batch of publishes, calls, subscribes and unsubscribes until its replies are there")
    @Registered
    static final class Send extends ExchangeEvent {
    }
}
