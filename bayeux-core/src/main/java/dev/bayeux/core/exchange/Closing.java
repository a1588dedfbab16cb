package dev.bayeux.core.exchange;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.core.extension.ExtensionChain;
import dev.bayeux.core.protocol.Effect;
import dev.bayeux.core.runtime.ClientRuntime;
import dev.bayeux.core.session.SessionAction.EndUnwantedSession;
import dev.bayeux.core.transport.Carrier;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection and waits for the thread of its connect loop. Logger, extensions and transport can be the program's, so
 * a failure of one step does not stop the others.
 */
final class Closing {

    private final ClientRuntime runtime;
    private final ExtensionChain extensions;
    private final DisconnectOnce disconnects;
    private final Duration limit;

    /** {@code limit}: how long each wait may take. */
    Closing(ClientRuntime runtime, ExtensionChain extensions, Duration limit) {
        this.runtime = runtime;
        this.extensions = extensions;
        this.disconnects = new DisconnectOnce(extensions, limit);
        this.limit = limit;
    }

    /** Never throws. */
    void close(Carrier carrier, Effect.Close close, SendThread connects) {
        try {
            closeConnection(carrier, close);
            connects.awaitIdle(runtime.after(limit));
            extensions.finish();
        } catch (InterruptedException aborted) {
            Thread.currentThread().interrupt();
        } catch (Throwable failed) {
            DisconnectOnce.debug("The end of a session could not be finished", failed);
        }
    }

    private void closeConnection(Carrier carrier, Effect.Close close) throws InterruptedException {
        try (carrier) {
            logReason(carrier, close.why());
            endUnwanted(carrier, close.unwanted(), close.id());
        } catch (InterruptedException aborted) {
            throw aborted;
        } catch (Throwable unreachable) {
            DisconnectOnce.debug("A session that came too late could not be ended; it will expire", unreachable);
        }
    }

    private static void logReason(Carrier carrier, @Nullable BayeuxException why) {
        if (why != null) {
            try {
                carrier.logFatal(why);
            } catch (Throwable failed) {
                DisconnectOnce.debug("The last messages could not be logged", failed);
            }
        }
    }

    private void endUnwanted(Carrier carrier, @Nullable EndUnwantedSession unwanted, String id)
            throws InterruptedException {
        if (unwanted != null) {
            disconnects.send(carrier, unwanted.connectionType(), unwanted.clientId(), id);
        }
    }
}
