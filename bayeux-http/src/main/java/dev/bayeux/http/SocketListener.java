package dev.bayeux.http;

/**
 * Receives what arrives on a WebSocket. One thread at a time calls it, in the order of arrival. It must not be a thread
 * that other sockets need, since a message is read and delivered before {@link #text} returns. The methods never throw.
 * The WebSocket client itself answers pings.
 */
public interface SocketListener {

    /**
     * Receives a text message, or the next part of one.
     *
     * @param part characters, perhaps none; not kept after the call
     * @param last whether the message ends here
     */
    void text(CharSequence part, boolean last);

    /** Records that a binary message, or a part of one, has arrived. Its content is ignored. */
    void binary();

    /**
     * Receives a close frame; nothing arrives after it. The WebSocket client answers it by itself.
     *
     * @param code the status code, 1005 if there was none, 1006 if the connection has ended without a close frame
     * @param reason the server's reason, perhaps empty
     */
    void closed(int code, String reason);

    /**
     * Records that the socket has ended in any other way; nothing arrives after it.
     *
     * @param failure the reason: a {@link java.net.ProtocolException} if the server sent something that is not a
     *            WebSocket message, such as text that is not UTF-8; any other type is a lost connection
     */
    void failed(Throwable failure);
}
