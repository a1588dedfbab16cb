package dev.bayeux.tests.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Says what a scripted server does with one request: an HTTP request, or a text message of a WebSocket. Immutable, except
 * {@link Held} and {@link Paused}, which a test releases.
 */
public sealed interface Answer permits Answer.Cut, Answer.Drop, Answer.Endless, Answer.Frames, Answer.Raw,
        Answer.Reset, Answer.Stall, Answer.Unfinished, Held, Paused, Reply, Upgrade {

    /**
     * Sends the head of a reply and the first bytes of its body, then closes the connection.
     *
     * @param reply the reply that is never sent whole
     * @param bytes how many bytes of the body are sent
     */
    record Cut(Reply reply, int bytes) implements Answer {}

    /** Closes the connection without a byte of an answer. */
    record Drop() implements Answer {}

    /**
     * Sends the head of a reply and then spaces without end, until the client closes the connection.
     *
     * @param head status and headers
     * @param pause how long the server waits after every 1000 of them
     */
    record Endless(Reply head, Duration pause) implements Answer {}

    /**
     * Sends frames on a WebSocket, or parts of them; the connection stays open.
     *
     * @param frames what is sent, in this order
     */
    record Frames(List<Frame> frames) implements Answer {}

    /**
     * Sends bytes that need not be HTTP, then closes the connection.
     *
     * @param bytes what is sent instead of a response; not changed by anybody
     */
    record Raw(byte[] bytes) implements Answer {}

    /** Resets the connection (TCP RST) without a byte of an answer. */
    record Reset() implements Answer {}

    /** Never answers; the connection stays open until the client closes it. */
    record Stall() implements Answer {}

    /**
     * Sends bytes that need not be HTTP; the connection stays open until the client closes it.
     *
     * @param bytes what is sent instead of a response; not changed by anybody
     */
    record Unfinished(byte[] bytes) implements Answer {}

    /**
     * {@return status 200 with a JSON body}
     *
     * @param text the body; sent as it is
     */
    static Reply json(String text) {
        return Reply.of(200).header("Content-Type", "application/json").body(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * {@return status 200 with an HTML page, as login pages and proxies send it}
     *
     * @param text the page
     */
    static Reply html(String text) {
        return Reply.of(200).header("Content-Type", "text/html;charset=UTF-8")
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * {@return a reply with an empty body}
     *
     * @param status the HTTP status
     */
    static Reply status(int status) {
        return Reply.of(status);
    }

    /**
     * {@return an answer that the server holds until the test releases it}
     *
     * @param then the answer after the release
     */
    static Held held(Answer then) {
        return Held.until(then);
    }

    /**
     * {@return an answer that begins, and continues when the test releases it}
     *
     * @param reply the whole reply
     * @param bytes how many bytes of the body are sent at once
     */
    static Paused paused(Reply reply, int bytes) {
        return new Paused(reply, bytes, null);
    }

    /**
     * {@return an answer that begins, and continues after a time}
     *
     * @param reply the whole reply
     * @param bytes how many bytes of the body are sent at once
     * @param pause how long the server waits before it sends the rest
     */
    static Paused paused(Reply reply, int bytes, Duration pause) {
        return new Paused(reply, bytes, pause);
    }

    /**
     * {@return an answer that closes the connection in the middle of the body}
     *
     * @param reply the reply that is never sent whole
     * @param bytes how many bytes of the body are sent
     */
    static Cut cut(Reply reply, int bytes) {
        return new Cut(reply, bytes);
    }

    /**
     * {@return an answer that closes the connection at once}
     */
    static Drop drop() {
        return new Drop();
    }

    /**
     * {@return an answer that resets the connection}
     */
    static Reset reset() {
        return new Reset();
    }

    /**
     * {@return an answer that never comes}
     */
    static Stall stall() {
        return new Stall();
    }

    /**
     * {@return an answer that never ends and comes as fast as it can}
     */
    static Endless endless() {
        return new Endless(Reply.of(200).header("Content-Type", "application/json"), Duration.ZERO);
    }

    /**
     * {@return an answer that never ends and comes slowly: some 100 kB in a second}
     */
    static Endless trickle() {
        return new Endless(endless().head(), Duration.ofMillis(10));
    }

    /**
     * {@return an answer that is not HTTP}
     *
     * @param text sent as UTF-8
     */
    static Raw raw(String text) {
        return new Raw(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * {@return an answer that is not HTTP, or only a part of it, on a connection that stays open}
     *
     * @param text sent as UTF-8
     */
    static Unfinished unfinished(String text) {
        return new Unfinished(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * {@return an answer on a WebSocket, frame by frame; the connection stays open}
     *
     * @param frames what is sent, in this order
     */
    static Frames frames(Frame... frames) {
        return new Frames(List.of(frames));
    }

    /**
     * {@return the answer that makes a WebSocket of a connection}
     */
    static Upgrade upgrade() {
        return Upgrade.plain();
    }
}
