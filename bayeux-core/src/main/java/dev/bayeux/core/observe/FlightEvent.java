package dev.bayeux.core.observe;

import dev.bayeux.api.error.SafeText;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** What all events of ours have. Fields are written for the recorder, which alone reads them. */
@Category("Bayeux")
@StackTrace(false)
@Registered(false)
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
