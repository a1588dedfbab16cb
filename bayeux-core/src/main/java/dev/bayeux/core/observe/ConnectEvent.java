package dev.bayeux.core.observe;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;

/** A connect call of the program. */
@Name("dev.bayeux.Connect")
@Label("Connect")
@Description("The program connects: handshakes, subscriptions and the first poll, retries included")
@Registered
final class ConnectEvent extends FlightEvent {
}
