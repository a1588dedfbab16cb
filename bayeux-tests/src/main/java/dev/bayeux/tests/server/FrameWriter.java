package dev.bayeux.tests.server;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Writes replies as WebSocket messages: the body with status 200 is a text message, in fragments of 1000 bytes where HTTP
 * would have chunks; any other status becomes a close frame with code 1011, as of a server that fails.
 */
final class FrameWriter implements AnswerWriter {

    private static final int PART = 1000;

    @Override
    public void write(Reply reply, OutputStream to) throws IOException {
        BufferedOutputStream out = new BufferedOutputStream(to, 1 << 16);
        if (reply.status() != 200) {
            Frame.close(1011, "status " + reply.status()).write(out);
        } else if (reply.framing() == Reply.Framing.CHUNKED) {
            fragments(reply.body(), 0, reply.body().length, true, out);
        } else {
            Frame.text(reply.body()).write(out);
        }
    }

    /** A frame that announces the whole body; a fragment of that size if there is no whole. */
    @Override
    public void begin(Reply reply, int bytes, OutputStream out) throws IOException {
        if (reply.framing() == Reply.Framing.CHUNKED) {
            fragments(reply.body(), 0, bytes, false, out);
            return;
        }
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(Frame.header(0x80 | Frame.TEXT, reply.body().length));
        frame.write(reply.body(), 0, Math.min(bytes, reply.body().length));
        out.write(frame.toByteArray());
        out.flush();
    }

    @Override
    public void finish(Reply reply, int from, OutputStream out) throws IOException {
        if (reply.framing() == Reply.Framing.CHUNKED) {
            Frame.next(true, Arrays.copyOfRange(reply.body(), from, reply.body().length)).write(out);
        } else {
            out.write(reply.body(), from, reply.body().length - from);
            out.flush();
        }
    }

    @Override
    public void more(Reply reply, OutputStream out) throws IOException {
        Frame.next(false, reply.body()).write(out);
    }

    private static void fragments(byte[] body, int from, int to, boolean end, OutputStream out) throws IOException {
        Frame.first(Arrays.copyOfRange(body, from, Math.min(from + PART, to))).write(out);
        for (int at = from + PART; at < to; at += PART) {
            Frame.next(false, Arrays.copyOfRange(body, at, Math.min(at + PART, to))).write(out);
        }
        if (end) {
            Frame.next(true, new byte[0]).write(out);
        }
    }
}
