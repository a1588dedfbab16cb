package dev.bayeux.core.session;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;

/** Classifies a failure by what it proves about the server and the transport. */
final class FailureClass {

    private FailureClass() {
    }

    /** Whether the server did not answer, or did not answer in Bayeux. */
    static boolean isUnanswered(BayeuxException failure) {
        return failure instanceof TransportException || failure instanceof MalformedMessageException;
    }

    /** Whether the upgrade to WebSocket failed. */
    static boolean isNotUpgraded(BayeuxException failure) {
        return failure instanceof TransportException transport && transport.problem() == Problem.NOT_UPGRADED;
    }

    /** Whether the request was sent over an open connection and brought no valid reply (C-128). */
    static boolean isWithoutValidReply(BayeuxException failure) {
        return failure instanceof MalformedMessageException || failure instanceof TransportException transport
                && switch (transport.problem()) {
                    case LOST, TIMED_OUT, UNREADABLE, TOO_LARGE -> true;
                    default -> false;
                };
    }
}
