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
 * @param messages all of the body
 * @param before how many of them precede the last ones
 */
public record ProcessingOrder(List<IncomingMessage> messages, int before) {

    /** Orders the messages of one body; does not copy a body that has this order, as most have. */
    public static ProcessingOrder of(List<IncomingMessage> messages) {
        int before = messages.size();
        while (before > 0 && isConnect(messages.get(before - 1))) {
            before--;
        }
        for (int n = 0; n < before; n++) {
            if (isConnect(messages.get(n)) || isDisconnect(messages.get(n))) {
                return ordered(messages);
            }
        }
        return new ProcessingOrder(messages, before);
    }

    private static ProcessingOrder ordered(List<IncomingMessage> messages) {
        boolean refused = messages.stream().anyMatch(message -> isConnect(message)
                && Boolean.FALSE.equals(message.successful()) && !Refusal.meansLostSession(message));
        List<IncomingMessage> first = new ArrayList<>(messages.size());
        List<IncomingMessage> connects = new ArrayList<>(1);
        List<IncomingMessage> ends = new ArrayList<>(1);
        for (IncomingMessage message : messages) {
            (isConnect(message) ? connects : refused && isDisconnect(message) ? ends : first).add(message);
        }
        int before = first.size();
        first.addAll(connects);
        first.addAll(ends);
        return new ProcessingOrder(first, before);
    }

    private static boolean isConnect(IncomingMessage message) {
        return Fields.CONNECT.equals(message.channel());
    }

    private static boolean isDisconnect(IncomingMessage message) {
        return Fields.DISCONNECT.equals(message.channel());
    }
}
