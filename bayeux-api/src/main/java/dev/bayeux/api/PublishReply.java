package dev.bayeux.api;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;

/**
 * Holds the server's reply to a publish that it has accepted (Bayeux 1.0, "publish response"). Most servers send nothing
 * but the acceptance; some add data or an {@code ext}. If an extension drops the reply, the publish fails with
 * {@link dev.bayeux.api.error.PublishException.Outcome#UNKNOWN} instead. Immutable, and safe for use by any number of threads.
 */
public interface PublishReply {

    /**
     * Says whether the server has replied to the publish. Some servers answer a request, but leave out the replies to
     * publishes, or those to service channels (protocol.md C-46). The client takes that for an acceptance, and this reply
     * is empty.
     *
     * @return {@code false} if the server has answered the request without a reply to the publish
     */
    boolean isConfirmed();

    /**
     * {@return the data of the reply, if the server sent any; parsed at each call}
     *
     * @throws dev.bayeux.api.error.PayloadException if the data is nested too deeply or contains a number that is too
     *             long
     */
    Optional<JsonValue> data();

    /** {@return the data as the JSON text that was received, if the server sent any} */
    Optional<String> text();

    /** {@return the reply's {@code ext}, empty if it has none} */
    JsonObject ext();
}
