package dev.bayeux.core;

import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;

/**
 * Gives up connections of which nobody knows whether they still work. All is guarded by the session's lock, and called
 * with it.
 */
final class ConnectionRenewal {

    private final Exchanges exchanges;
    private final Exchanges.View session;
    private boolean isDue;

    ConnectionRenewal(Exchanges exchanges, Exchanges.View session) {
        this.exchanges = exchanges;
        this.session = session;
    }

    /** Requests that are not suspected may have their answer, and later ones others; a socket that is, brings none. */
    void renew() {
        Link link = session.link();
        isDue = exchanges.isSending() && !link.connections().carrier().hasSocket();
        if (isDue) {
            link.connections().carrier().renewConnections();
        } else {
            exchanges.connectionEnded(link.connections(), new TransportException(Problem.LOST,
                    "The connection was given up, since nobody knows whether it still works.", null));
            link.renew();
        }
    }

    /** What was on its way when connections were to be closed has ended: who still rests needs none. */
    void exchangeLeft() {
        if (isDue && !exchanges.isSending()) {
            isDue = false;
            if (session.state().status() == ConnectionStatus.SUSPENDED) {
                renew();
            }
        }
    }
}
