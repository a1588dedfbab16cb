package dev.bayeux.core.call;

import dev.bayeux.api.ChannelRules;
import dev.bayeux.api.PublishReply;
import dev.bayeux.core.delivery.Payloads;
import dev.bayeux.core.loop.ClientLoop;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.JsonData;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import jakarta.json.JsonObject;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes requests of the program's data, on the program's thread so that errors surface at the call, and makes results of replies. */
public final class RequestMaker {

    private final ClientLoop loop;
    private final ChannelRules rules;
    private final Payloads payloads;

    public RequestMaker(ClientContext client, Payloads payloads) {
        this.loop = client.loop();
        this.rules = client.config().channelRules();
        this.payloads = payloads;
    }

    public Request request(Kind kind, String channel, @Nullable Object data) {
        check(channel);
        return Request.ofData(kind, channel, payloads.write(channel, data), payloads.extOf(data));
    }

    /** Checks and binds a message once. Returns a supplier that makes a request for each attempt. */
    public Supplier<Request> requests(String channel, @Nullable Object data) {
        check(channel);
        JsonData written = payloads.write(channel, data);
        JsonObject ext = payloads.extOf(data);
        return () -> Request.ofData(Kind.PUBLISH, channel, written, ext);
    }

    private void check(String channel) {
        loop.checkOpen();
        rules.checkPublish(channel);
    }

    public PublishReply accepted(Request request, @Nullable IncomingMessage reply) {
        return new AcceptedReply(payloads, request.channel(), reply);
    }
}
