package dev.bayeux.core.exchange;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.core.delivery.Worker;
import dev.bayeux.core.extension.ExtensionChain;
import dev.bayeux.core.protocol.Effect;
import dev.bayeux.core.runtime.ClientLog;
import dev.bayeux.core.runtime.ClientRuntime;
import dev.bayeux.core.session.SessionAction.EndUnwantedSession;
import dev.bayeux.core.transport.Carrier;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection and waits for the thread that sends handshakes and connects. Logger, extensions and transport can be the program's, so
 * a failure of one step does not stop the others. Each wait has the same limit.
 */
record Closing(ClientRuntime runtime, ExtensionChain extensions, AbandonedSessions abandonedSessions, Duration limit) {

    /** Never throws. */
    void close(Carrier carrier, Effect.Close close, Worker connects) {
        try {
            closeConnection(carrier, close);
            connects.awaitIdle(runtime.after(limit));
            extensions.finish();
        } catch (InterruptedException aborted) {
            Thread.currentThread().interrupt();
        } catch (Throwable failed) {
            ClientLog.debug("The end of a session could not be finished", failed);
        }
    }

    private void closeConnection(Carrier carrier, Effect.Close close) throws InterruptedException {
        try (carrier) {
            logReason(carrier, close.why());
            EndUnwantedSession unwanted = close.unwanted();
            if (unwanted != null) {
                abandonedSessions.disconnect(carrier, unwanted.connectionType(), unwanted.clientId(), close.id());
            }
        } catch (InterruptedException aborted) {
            throw aborted;
        } catch (Throwable unreachable) {
            ClientLog.debug("A session that the server granted too late could not be ended; it will expire",
                    unreachable);
        }
    }

    private static void logReason(Carrier carrier, @Nullable BayeuxException why) {
        if (why != null) {
            try {
                carrier.logFatal(why);
            } catch (Throwable failed) {
                ClientLog.debug("The last messages could not be logged", failed);
            }
        }
    }
}
