package dev.bayeux.core.observe;

import dev.bayeux.api.error.SafeText;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * What all events of ours have. Only the recorder reads the fields. Abstract classes are never registered as events; on
 * JDK 21 {@code @Registered(false)} here would keep the subclasses from being registered, too.
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

    /** Ends and records it. A failure is told by its class and its text, which has no secrets. */
    @Override
    public final void end(@Nullable Throwable why) {
        failure = why == null ? null : why.getClass().getSimpleName() + ": " + SafeText.reason(why);
        commit();
    }
}
