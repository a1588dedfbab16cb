package dev.bayeux.core.session;

import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.IncomingMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * The order in which the messages of one body are judged. They arrive together, so one decision looks at all of them
 * (C-137): a reply to a connect counts after the deliveries that came with it, and a {@code /meta/disconnect} of the
 * server counts after a refused connect, which says why the session ends. A connect that is refused because the server
 * no longer knows the session gives no reason: the {@code /meta/disconnect} has ended that session. All others keep their
 * order (C-74).
 *
 * @param first what keeps its order
 * @param last what is judged after it
 */
public record JudgingOrder(List<IncomingMessage> first, List<IncomingMessage> last) {

    /**
     * Orders the messages of one body.
     *
     * @param messages as they arrived
     * @return all of them
     */
    public static JudgingOrder of(List<IncomingMessage> messages) {
        int connects = 0;
        boolean refused = false;
        for (IncomingMessage message : messages) {
            if (Fields.CONNECT.equals(message.channel())) {
                connects++;
                refused |= Boolean.FALSE.equals(message.successful()) && !Refusal.meansLostSession(message);
            }
        }
        if (connects == 0) {
            return new JudgingOrder(messages, List.of());
        }
        List<IncomingMessage> first = new ArrayList<>(messages.size());
        List<IncomingMessage> replies = new ArrayList<>(connects + 1);
        List<IncomingMessage> ends = new ArrayList<>(1);
        for (IncomingMessage message : messages) {
            if (Fields.CONNECT.equals(message.channel())) {
                replies.add(message);
            } else if (refused && Fields.DISCONNECT.equals(message.channel())) {
                ends.add(message);
            } else {
                first.add(message);
            }
        }
        replies.addAll(ends);
        return new JudgingOrder(first, replies);
    }
}
