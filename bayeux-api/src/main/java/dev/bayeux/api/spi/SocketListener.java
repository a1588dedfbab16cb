package dev.bayeux.api.spi;

/**
 * Takes what a WebSocket brings. Called by one thread at a time, in the order in which things arrive; not on a thread
 * that other sockets need, since a message is read and handed on before {@link #text} returns. Never throws. Pings are
 * answered by the WebSocket client itself.
 */
public interface SocketListener {

    /**
     * Takes a text message, or the next part of one.
     *
     * @param part characters, perhaps none; not kept
     * @param last whether the message ends here
     */
    void text(CharSequence part, boolean last);

    /** Takes the news that a binary message, or a part of one, has come. What is in it is of no interest. */
    void binary();

    /**
     * Takes a close frame; nothing comes after it. The WebSocket client answers it by itself.
     *
     * @param code the status code, 1005 if there was none, 1006 if the connection has ended without a close frame
     * @param reason what the server says about it, perhaps nothing
     */
    void closed(int code, String reason);

    /**
     * Takes the news that the socket has ended in any other way; nothing comes after it.
     *
     * @param failure why: a {@link java.net.ProtocolException} if what came is not a WebSocket message, such as text
     *            that is not UTF-8; anything else is a lost connection
     */
    void failed(Throwable failure);
}
