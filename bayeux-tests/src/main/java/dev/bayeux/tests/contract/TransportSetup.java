package dev.bayeux.tests.contract;

import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.spi.HeaderSource;
import dev.bayeux.api.spi.Inbox;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.api.spi.TransportContext;
import java.net.CookieHandler;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;

/** How a test of the contract opens a transport: with a connect timeout that no test waits for, unless it says otherwise. */
final class TransportSetup {

    private final Function<TransportContext, Transport> opening;
    private TransportContext context;

    TransportSetup(URI uri, Inbox inbox, Function<TransportContext, Transport> opening) {
        this.opening = opening;
        context = TransportContext.to(uri).withClientName("contract").withConnectTimeout(Bench.LONG).withInbox(inbox);
    }

    TransportSetup uri(URI other) {
        context = context.withUri(other);
        return this;
    }

    TransportSetup headers(HeaderSource other) {
        context = context.withHeaders(other);
        return this;
    }

    TransportSetup cookies(CookieHandler other) {
        context = context.withCookies(other);
        return this;
    }

    TransportSetup connectTimeout(Duration other) {
        context = context.withConnectTimeout(other);
        return this;
    }

    TransportSetup replyTimeouts(Duration betweenParts, Duration whole) {
        context = context.withReplyTimeouts(betweenParts, whole);
        return this;
    }

    TransportSetup inbox(Inbox other) {
        context = context.withInbox(other);
        return this;
    }

    TransportSetup maxReplyBytes(int other) {
        context = context.withMaxReplyBytes(other);
        return this;
    }

    TransportSetup http(HttpSettings other) {
        context = context.withHttp(other);
        return this;
    }

    Transport open() {
        return opening.apply(context);
    }
}
