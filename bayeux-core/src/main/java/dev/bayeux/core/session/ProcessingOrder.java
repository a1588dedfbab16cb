package dev.bayeux.core.session;

import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.IncomingMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * The order in which the messages of one body are processed (C-137). A reply to a connect follows the deliveries of the
 * same body. A {@code /meta/disconnect} of the server follows a refused connect, which has the reason of the end. A connect
 * refused for an unknown session has no such reason, so it follows the {@code /meta/disconnect} that ended the session. All
 * others keep their order (C-74).
 *
 * @param first the messages in their order
 * @param last the messages to process after them
 */
public record ProcessingOrder(List<IncomingMessage> first, List<IncomingMessage> last) {

    /**
     * Returns how many messages precede the replies to connects if one body has the right order already, as most have:
     * replies to connects are the last, and the server ends no session. Returns -1 if the order may be another one.
     */
    public static int unchanged(List<IncomingMessage> messages) {
        int before = messages.size();
        while (before > 0 && Fields.CONNECT.equals(messages.get(before - 1).channel())) {
            before--;
        }
        for (int n = 0; n < before; n++) {
            String channel = messages.get(n).channel();
            if (Fields.CONNECT.equals(channel) || Fields.DISCONNECT.equals(channel)) {
                return -1;
            }
        }
        return before;
    }

    public static ProcessingOrder of(List<IncomingMessage> messages) {
        int connects = 0;
        boolean refused = false;
        for (IncomingMessage message : messages) {
            if (Fields.CONNECT.equals(message.channel())) {
                connects++;
                refused |= Boolean.FALSE.equals(message.successful()) && !Refusal.meansLostSession(message);
            }
        }
        if (connects == 0) {
            return new ProcessingOrder(messages, List.of());
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
        return new ProcessingOrder(first, replies);
    }
}
