package dev.bayeux.tests.broken;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Inbox;
import dev.bayeux.api.spi.TransportContext;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What a transport over WebSocket could make of its context. */
final class SocketContexts {

    private SocketContexts() {
    }

    static TransportContext withoutLimit(TransportContext given) {
        return given.withMaxReplyBytes(Integer.MAX_VALUE);
    }

    static TransportContext withoutCookies(TransportContext given) {
        CookieHandler none = new CookieManager(null, (uri, cookie) -> false);
        return given.withCookies(none);
    }

    static TransportContext inParts(TransportContext given) {
        return with(given, (text, inbox) -> {
            int half = text.length() / 2;
            inbox.received(text.substring(0, half));
            inbox.received(text.substring(half));
        }, given.inbox()::disconnected);
    }

    static TransportContext withoutEmptyArrays(TransportContext given) {
        return with(given, (text, inbox) -> {
            if (!text.equals("[]")) {
                inbox.received(text);
            }
        }, given.inbox()::disconnected);
    }

    static TransportContext silent(TransportContext given) {
        return with(given, (text, inbox) -> inbox.received(text), reason -> {
            // Nobody hears of it.
        });
    }

    static TransportContext twice(TransportContext given) {
        return with(given, (text, inbox) -> inbox.received(text), reason -> {
            given.inbox().disconnected(reason);
            given.inbox().disconnected(reason);
        });
    }

    static TransportContext alwaysLost(TransportContext given) {
        return with(given, (text, inbox) -> inbox.received(text),
                reason -> given.inbox().disconnected(new TransportException(Problem.LOST, "lost", reason)));
    }

    private static TransportContext with(TransportContext given, BiConsumer<String, Inbox> received,
            Consumer<TransportException> disconnected) {
        Inbox changed = new Inbox() {

            @Override
            public void received(String text) {
                received.accept(text, given.inbox());
            }

            @Override
            public void disconnected(TransportException reason) {
                disconnected.accept(reason);
            }
        };
        return given.withInbox(changed);
    }
}
