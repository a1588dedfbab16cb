package dev.bayeux.core.runtime;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** The log of the clients. It can be the program's code, so a failure of the log stops nothing. */
public final class ClientLog {

    private static final System.Logger LOG = System.getLogger("dev.bayeux.client");

    private ClientLog() {
    }

    public static void warn(String text, @Nullable Throwable why) {
        log(Level.WARNING, text, why);
    }

    public static void debug(String text, @Nullable Throwable why) {
        log(Level.DEBUG, text, why);
    }

    private static void log(Level level, String text, @Nullable Throwable why) {
        try {
            LOG.log(level, text, why);
        } catch (Throwable logFailed) {
            // The log itself has failed.
        }
    }
}
