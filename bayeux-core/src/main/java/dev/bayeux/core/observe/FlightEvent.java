package dev.bayeux.core.observe;

import dev.bayeux.api.error.SafeText;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * The fields that all events of this library have. Only the recorder reads them. The recorder never registers an abstract
 * class; on JDK 21 {@code @Registered(false)} here would exclude the subclasses, too.
 */
@Category("Bayeux")
@StackTrace(false)
abstract class FlightEvent extends Event implements Timed {

    @Label("Client")
    String client = "";

    @Label("Failure")
    @Nullable
    String failure;

    @Override
    public final void stop() {
        end();
    }

    /** Ends and records the event. A failure is recorded as its class and its text, which contains no secrets. */
    @Override
    public final void end(@Nullable Throwable why) {
        failure = why == null ? null : why.getClass().getSimpleName() + ": " + SafeText.reason(why);
        commit();
    }

    /** A connect call of the program. */
    @Name("dev.bayeux.Connect")
    @Label("Connect")
    @Description("The program connects: handshakes, subscriptions and the first connect request, retries included")
    @Registered
    static final class Connect extends FlightEvent {
    }

    /** A publish or call. */
    @Name("dev.bayeux.Publish")
    @Label("Publish")
    @Description("A publish or call until the server's reply, or the answer to the call, is there; in an outbox until it is settled")
    @Registered
    static final class Publish extends FlightEvent {

        @Label("Channel")
        String channel = "";
    }

    /** A delivery to the program. */
    @Name("dev.bayeux.Delivery")
    @Label("Delivery")
    @Description("A message is handed to the program; the duration is that of its handler or onNext. Off by default")
    @Enabled(false)
    @Registered
    static final class Delivery extends FlightEvent {

        @Label("Channel")
        String channel = "";

        @Label("Lag")
        @Description("How long it has waited in the client")
        @Timespan(Timespan.NANOSECONDS)
        long lag;

        @Label("Handler")
        @Description("Whether a handler or subscriber was called; otherwise the program has pulled it")
        boolean handler;
    }
}
