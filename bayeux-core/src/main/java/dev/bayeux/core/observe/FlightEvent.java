package dev.bayeux.core.observe;

import dev.bayeux.api.error.SafeText;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;
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
}
