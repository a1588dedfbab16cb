package dev.bayeux.tests.bayeux;

import jakarta.json.JsonObject;

/**
 * A Bayeux message as the server received it.
 *
 * @param request the number of the request it came in; messages of one batch share it
 * @param nanoTime when that request had arrived, comparable with {@link System#nanoTime()}; for reports, not for
 *            assertions
 * @param json the whole message
 */
public record ReceivedMessage(int request, long nanoTime, JsonObject json) {

    /**
     * {@return the message's channel, an empty text if it has none}
     */
    public String channel() {
        return text("channel");
    }

    /**
     * {@return the message's id, an empty text if it has none}
     */
    public String id() {
        return text("id");
    }

    /**
     * {@return the message's client id, an empty text if it has none}
     */
    public String clientId() {
        return text("clientId");
    }

    /**
     * {@return a field that is a text, an empty text if there is none}
     *
     * @param field the field's name
     */
    public String text(String field) {
        return json.getString(field, "");
    }
}
