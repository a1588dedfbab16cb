package dev.bayeux.core.session;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;

/** What a failure says about the server and about the transport. */
final class FailureClass {

    private FailureClass() {
    }

    /** Whether the server did not answer, or did not answer in Bayeux. */
    static boolean isUnanswered(BayeuxException failure) {
        return failure instanceof TransportException || failure instanceof MalformedMessageException;
    }

    /** Whether the upgrade gave no WebSocket. */
    static boolean isNotUpgraded(BayeuxException failure) {
        return failure instanceof TransportException transport && transport.problem() == Problem.NOT_UPGRADED;
    }

    /** Whether a connection was open, the request was sent over it, and no valid reply came back (C-128). */
    static boolean isWithoutValidReply(BayeuxException failure) {
        return failure instanceof MalformedMessageException || failure instanceof TransportException transport
                && switch (transport.problem()) {
                    case LOST, TIMED_OUT, UNREADABLE, TOO_LARGE -> true;
                    default -> false;
                };
    }
}
