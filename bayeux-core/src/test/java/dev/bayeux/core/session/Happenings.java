package dev.bayeux.core.session;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.session.SessionEvent.Aborted;
import dev.bayeux.core.session.SessionEvent.ConnectWanted;
import dev.bayeux.core.session.SessionEvent.ConnectionCheckWanted;
import dev.bayeux.core.session.SessionEvent.Delivered;
import dev.bayeux.core.session.SessionEvent.DisconnectEnded;
import dev.bayeux.core.session.SessionEvent.DisconnectWanted;
import dev.bayeux.core.session.SessionEvent.Lost;
import dev.bayeux.core.session.SessionEvent.ReplyReceived;
import dev.bayeux.core.session.SessionEvent.Restored;
import dev.bayeux.core.session.SessionEvent.RestoringFailed;
import dev.bayeux.core.session.SessionEvent.ResumeWanted;
import dev.bayeux.core.session.SessionEvent.ServerDisconnected;
import dev.bayeux.core.session.SessionEvent.SuspendWanted;
import dev.bayeux.core.session.SessionEvent.TimeReached;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Each event, where it matters in several forms, by the name of a column of {@link MachineTableTest}. "Own" is what
 * answers the request that is outstanding, if there is one.
 */
final class Happenings {

    private static final TransportException LOST = new TransportException(Problem.LOST, "Connection reset.", null);
    private static final String OTHER = "x999";

    private Happenings() {
    }

    static Map<String, Function<SessionState, SessionEvent>> all() {
        Map<String, Function<SessionState, SessionEvent>> all = new LinkedHashMap<>();
        // Of the program.
        all.put("CW", state -> new ConnectWanted());
        all.put("DW", state -> new DisconnectWanted(1_000_000_000));
        all.put("AB", state -> new Aborted());
        all.put("CD", state -> new ConnectionCheckWanted());
        all.put("SU", state -> new SuspendWanted());
        all.put("RE", state -> new ResumeWanted());
        // The end of a handshake: own yes, own no, another's, nobody's.
        all.put("HY", state -> Reply.yes().clientId("s2").toHandshake(state, state.outstanding()));
        all.put("HN", state -> Reply.no("500::oops").toHandshake(state, state.outstanding()));
        all.put("HF", state -> Reply.yes().clientId("s2").toHandshake(state, OTHER));
        all.put("H0", state -> Reply.yes().clientId("s2").toHandshake(state, null));
        // The end of a connect, likewise.
        all.put("CY", state -> Reply.yes().toConnect(state.outstanding(), 0));
        all.put("CN", state -> Reply.no("500::oops").reconnect(Reconnect.RETRY).toConnect(state.outstanding(), 0));
        all.put("CF", state -> Reply.yes().toConnect(OTHER, 0));
        all.put("C0", state -> Reply.yes().toConnect(null, 0));
        // Lost: own, another's.
        all.put("LO", state -> new Lost(String.valueOf(state.outstanding()), LOST));
        all.put("LF", state -> new Lost(OTHER, LOST));
        // The end of a restoration: own yes, another's, own no, another's.
        all.put("RD", state -> new Restored(state.serial()));
        all.put("RF", state -> new Restored(state.serial() + 7));
        all.put("FD", state -> new RestoringFailed(state.serial(), LOST));
        all.put("FF", state -> new RestoringFailed(state.serial() + 7, LOST));
        // What else the server says: advice, a refusal that ends the session, a delivery, its own disconnect.
        all.put("AD", state -> Reply.neither().interval(3000).toPublish());
        all.put("AH", state -> Reply.no("402::session_unknown").reconnect(Reconnect.HANDSHAKE).toPublish());
        // A reply to something else: the session is unknown, or known.
        all.put("RU", state -> new ReplyReceived(Reply.no("402::session_unknown").on("/chat", "7")));
        all.put("RS", state -> new ReplyReceived(Reply.yes().on("/chat", "7")));
        all.put("DE", state -> new Delivered(1));
        all.put("SD", state -> new ServerDisconnected(Reply.neither().on(Fields.DISCONNECT, null)));
        // A response that may have carried deliveries is lost, and the session knows that already.
        all.put("DM", state -> new SessionEvent.DeliveriesMissed(null));
        all.put("ED", state -> new DisconnectEnded());
        // Time: due, and too early.
        all.put("DU", state -> new TimeReached());
        all.put("EA", state -> new TimeReached());
        return all;
    }
}
