package dev.bayeux.core.observe;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;

/** A publish or call. */
@Name("dev.bayeux.Publish")
@Label("Publish")
@Description("A publish or call until the server's reply, or the answer to the call, is there; in an outbox until it is settled")
@Registered
final class PublishEvent extends FlightEvent {

    @Label("Channel")
    String channel = "";
}
