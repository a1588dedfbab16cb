package dev.bayeux.tests.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * The bytes of one WebSocket frame of a server (RFC 6455, 5.2), or other bytes in its place.
 *
 * @param bytes header and payload; must not be changed
 */
public record Frame(byte[] bytes) {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int FIN = 0x80;
    private static final int COMPRESSED = 0x40;

    /**
     * {@return a whole text message}
     *
     * @param text the message
     */
    public static Frame text(String text) {
        return of(FIN | TEXT, utf8(text));
    }

    /**
     * {@return a whole text message, whatever its bytes are}
     *
     * @param bytes the payload, which need not be UTF-8
     */
    public static Frame text(byte[] bytes) {
        return of(FIN | TEXT, bytes);
    }

    /**
     * {@return a whole text message, compressed; for sockets that were opened with {@link Upgrade#compressed()}}
     *
     * @param text the message
     */
    public static Frame deflated(String text) {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated, deflater, true)) {
            out.write(utf8(text));
            out.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            deflater.end();
        }
        // A flush ends with 00 00 ff ff, which is left out (RFC 7692, 7.2.1); what follows it is the end of the stream.
        byte[] bytes = deflated.toByteArray();
        int end = bytes.length;
        while (bytes[end - 1] != -1 || bytes[end - 2] != -1) {
            end--;
        }
        return of(FIN | COMPRESSED | TEXT, Arrays.copyOf(bytes, end - 4));
    }

    /**
     * {@return the first fragment of a text message}
     *
     * @param bytes the beginning of it
     */
    public static Frame first(byte[] bytes) {
        return of(TEXT, bytes);
    }

    /**
     * {@return a fragment that follows another}
     *
     * @param last whether the message ends here
     * @param bytes what follows
     */
    public static Frame next(boolean last, byte[] bytes) {
        return of(last ? FIN : 0, bytes);
    }

    /**
     * {@return a whole binary message}
     *
     * @param bytes the message
     */
    public static Frame binary(byte[] bytes) {
        return of(FIN | BINARY, bytes);
    }

    /**
     * {@return a ping}
     *
     * @param text what the pong must bring back
     */
    public static Frame ping(String text) {
        return of(FIN | PING, utf8(text));
    }

    /**
     * {@return an unsolicited pong}
     */
    public static Frame pong() {
        return of(FIN | PONG, new byte[0]);
    }

    /**
     * {@return a close frame}
     *
     * @param code the status code, 0 for none
     * @param reason the reason
     */
    public static Frame close(int code, String reason) {
        byte[] text = utf8(reason);
        return of(FIN | CLOSE,
                code == 0
                        ? new byte[0]
                        : ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
    }

    /**
     * {@return the first bytes of a frame}
     *
     * @param length how many
     */
    public Frame cut(int length) {
        return new Frame(Arrays.copyOf(bytes, length));
    }

    static Frame of(int first, byte[] payload) {
        byte[] header = header(first, payload.length);
        return new Frame(ByteBuffer.allocate(header.length + payload.length).put(header).put(payload).array());
    }

    static byte[] header(int first, int length) {
        if (length < 126) {
            return new byte[]{(byte) first, (byte) length};
        }
        return length < 1 << 16
                ? ByteBuffer.allocate(4).put((byte) first).put((byte) 126).putShort((short) length).array()
                : ByteBuffer.allocate(10).put((byte) first).put((byte) 127).putLong(length).array();
    }

    void write(OutputStream out) throws IOException {
        out.write(bytes);
        out.flush();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
