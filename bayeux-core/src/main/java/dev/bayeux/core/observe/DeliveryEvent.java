package dev.bayeux.core.observe;

import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.Timespan;

/** A delivery to the program. */
@Name("dev.bayeux.Delivery")
@Label("Delivery")
@Description("A message is handed to the program; the duration is that of its handler or onNext. Off unless it is asked for")
@Enabled(false)
@Registered
final class DeliveryEvent extends FlightEvent {

    @Label("Channel")
    String channel = "";

    @Label("Lag")
    @Description("How long it has waited in the client")
    @Timespan(Timespan.NANOSECONDS)
    long lag;

    @Label("Handler")
    @Description("Whether a handler or subscriber was called; otherwise the program has taken it")
    boolean handler;
}
