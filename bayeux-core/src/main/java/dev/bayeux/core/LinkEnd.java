package dev.bayeux.core;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.core.message.MessageWriter;
import dev.bayeux.core.message.OutgoingMessage;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.session.SessionAction.EndUnwantedSession;
import dev.bayeux.core.transport.Carrier;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Closes what a {@link Link} has open, on the thread "end", and waits for the link's own thread. Whatever fails on the way
 * keeps nothing of the rest from being done: logger, extensions and transport can be the program's.
 */
final class LinkEnd {

    private static final System.Logger LOG = System.getLogger("dev.bayeux.client");

    private final Session session;
    private final Carrier carrier;
    private final @Nullable BayeuxException fatal;
    private final @Nullable EndUnwantedSession unwanted;
    private final @Nullable Thread beating;
    private final Duration limit;

    /**
     * Starts nothing yet.
     *
     * @param carrier what is open
     * @param fatal why, if nobody has wanted it
     * @param unwanted a session that came too late and is to be ended
     * @param beating the thread of the heartbeat, if there was one
     * @param limit how long each wait may take
     */
    LinkEnd(Session session, Carrier carrier, @Nullable BayeuxException fatal, @Nullable EndUnwantedSession unwanted,
            @Nullable Thread beating, Duration limit) {
        this.session = session;
        this.carrier = carrier;
        this.fatal = fatal;
        this.unwanted = unwanted;
        this.beating = beating;
        this.limit = limit;
    }

    /** Never throws. */
    void run() {
        try {
            closeConnections();
            if (beating != null) {
                session.runtime().join(beating, limit);
            }
            session.extensions().finish();
        } catch (InterruptedException aborted) {
            Thread.currentThread().interrupt();
        } catch (Throwable failed) {
            debug("The end of a session could not be finished", failed);
        }
    }

    private void closeConnections() throws InterruptedException {
        try (carrier) {
            tellFatal();
            endUnwanted();
        } catch (InterruptedException aborted) {
            throw aborted;
        } catch (Throwable unreachable) {
            debug("A session that nobody wanted could not be ended; it will expire", unreachable);
        }
    }

    private void tellFatal() {
        if (fatal != null) {
            try {
                carrier.tellFatal(fatal);
            } catch (Throwable failed) {
                debug("What was sent and received last could not be told", failed);
            }
        }
    }

    private void endUnwanted() throws InterruptedException {
        if (unwanted != null) {
            Request disconnect = Request.ofDisconnect();
            disconnect.stamp(session.exchanges().freshId());
            // Fresh credentials are not asked for: that could take for ever, and the session expires by itself.
            List<OutgoingMessage> leaving = session.extensions()
                    .outgoing(List.of(OutgoingMessage.of(disconnect, unwanted.clientId()))).messages();
            if (!leaving.isEmpty()) {
                carrier.sendOnce(unwanted.connectionType(), MessageWriter.write(leaving), limit);
            }
        }
    }

    private static void debug(String what, Throwable why) {
        try {
            LOG.log(System.Logger.Level.DEBUG, what, why);
        } catch (Throwable logFailed) {
            // Nobody is left who could be told.
        }
    }
}
