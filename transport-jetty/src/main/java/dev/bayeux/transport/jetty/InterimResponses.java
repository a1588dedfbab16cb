package dev.bayeux.transport.jetty;

import java.net.ProtocolException;
import org.eclipse.jetty.client.ProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Limits the interim responses (status 100 to 199) to one request. Jetty reads any number of them, one after the other on the
 * selector thread, and frees nothing before the last. Jetty asks this handler at the beginning of each response whether it
 * handles the response; it never does.
 */
final class InterimResponses implements ProtocolHandler {

    /** The most interim responses to one request; the JDK's client has the same limit. */
    static final int MOST = 8;

    private static final String NAME = "bayeux-interim-responses";

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public boolean accept(Request request, Response response) {
        if (HttpStatus.isInterim(response.getStatus())) {
            int count = request.getAttributes().get(NAME) instanceof Integer before ? before + 1 : 1;
            request.attribute(NAME, count);
            if (count > MOST) {
                request.abort(new ProtocolException(
                        "more than %d interim responses, with a status from 100 to 199".formatted(MOST)));
            }
        }
        return false;
    }

    @Override
    public Response.Listener getResponseListener() {
        throw new IllegalStateException("It handles no response.");
    }
}
