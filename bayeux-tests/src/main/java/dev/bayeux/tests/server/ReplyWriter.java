package dev.bayeux.tests.server;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes HTTP/1.1 responses, whole or in parts. */
final class ReplyWriter implements AnswerWriter {

    private static final int CHUNK = 1000;
    private static final byte[] LINE_END = {'\r', '\n'};

    @Override
    public void write(Reply reply, OutputStream to) throws IOException {
        BufferedOutputStream out = new BufferedOutputStream(to, 1 << 16);
        begin(reply, reply.body().length, out);
        finish(reply, reply.body().length, out);
    }

    @Override
    public void begin(Reply reply, int bytes, OutputStream out) throws IOException {
        writeHead(reply, out);
        writeBody(reply, 0, Math.min(bytes, reply.body().length), out);
        out.flush();
    }

    @Override
    public void finish(Reply reply, int from, OutputStream out) throws IOException {
        writeBody(reply, Math.min(from, reply.body().length), reply.body().length, out);
        if (reply.framing() == Reply.Framing.CHUNKED) {
            out.write(ascii("0\r\n\r\n"));
        }
        out.flush();
    }

    @Override
    public void more(Reply reply, OutputStream out) throws IOException {
        writeBody(reply, 0, reply.body().length, out);
        out.flush();
    }

    private static void writeHead(Reply reply, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.%d %d Scripted\r\n"
                .formatted(reply.framing() == Reply.Framing.HTTP_1_0 ? 0 : 1, reply.status()));
        reply.headers()
                .forEach(header -> head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n"));
        switch (reply.framing()) {
            case LENGTH, LENGTH_THEN_CLOSED, HTTP_1_0 -> {
                // A response 204 or 304 has no body, and no length either (RFC 9110, 8.6).
                if (reply.status() != 204 && reply.status() != 304) {
                    head.append("Content-Length: ").append(reply.body().length).append("\r\n");
                }
            }
            case CHUNKED -> head.append("Transfer-Encoding: chunked\r\n");
            case UNTIL_CLOSED -> head.append("Connection: close\r\n");
        }
        out.write(ascii(head.append("\r\n").toString()));
    }

    private static void writeBody(Reply reply, int from, int to, OutputStream out) throws IOException {
        if (reply.framing() != Reply.Framing.CHUNKED) {
            out.write(reply.body(), from, to - from);
            return;
        }
        for (int at = from; at < to; at += CHUNK) {
            writeChunk(reply.body(), at, Math.min(CHUNK, to - at), out);
        }
    }

    private static void writeChunk(byte[] bytes, int from, int length, OutputStream out) throws IOException {
        out.write(ascii(Integer.toHexString(length) + "\r\n"));
        out.write(bytes, from, length);
        out.write(LINE_END);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
