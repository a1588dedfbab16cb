package dev.bayeux.tests.server;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Reads what a WebSocket client sends, and refuses what it must not send (RFC 6455, 5). */
final class FrameReader {

    private static final int MAX_MESSAGE = 1 << 26;
    /** What a sender leaves out at the end of a compressed message (RFC 7692, 7.2.2), and the end of the stream. */
    private static final byte[] TAIL = {0, 0, -1, -1, 1, 0, 0, -1, -1};

    private final DataInputStream in;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private boolean within;
    private boolean compressed;

    FrameReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /** A whole message, or a control frame. */
    record Received(int opcode, byte[] payload, boolean compressed) {}

    /** Waits for the next message or control frame; {@code null} if the client has closed the connection instead. */
    @Nullable
    Received read() throws IOException {
        while (true) {
            int first = in.read();
            if (first < 0) {
                return null;
            }
            int opcode = first & 0xf;
            boolean last = (first & 0x80) != 0;
            byte[] payload = payload();
            if (opcode >= Frame.CLOSE) {
                return new Received(opcode, payload, false);
            }
            if (within == (opcode != Frame.CONTINUATION)) {
                throw new IOException("A fragment where none may be, or another message between fragments.");
            }
            compressed = within ? compressed : (first & 0x40) != 0;
            within = !last;
            message.write(payload);
            if (message.size() > MAX_MESSAGE) {
                throw new IOException("A message of more than %d bytes.".formatted(MAX_MESSAGE));
            }
            if (last) {
                byte[] whole = message.toByteArray();
                message.reset();
                return new Received(Frame.TEXT, compressed ? inflate(whole) : whole, compressed);
            }
        }
    }

    private byte[] payload() throws IOException {
        int second = in.readUnsignedByte();
        if ((second & 0x80) == 0) {
            throw new IOException("A client's frame must be masked.");
        }
        long length = switch (second & 0x7f) {
            case 126 -> in.readUnsignedShort();
            case 127 -> in.readLong();
            default -> second & 0x7f;
        };
        if (length < 0 || length > MAX_MESSAGE) {
            throw new IOException("A frame of %d bytes.".formatted(length));
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes((int) length);
        if (mask.length < 4 || payload.length < length) {
            throw new EOFException("The client closed the connection within a frame.");
        }
        for (int n = 0; n < payload.length; n++) {
            payload[n] ^= mask[n & 3];
        }
        return payload;
    }

    private static byte[] inflate(byte[] bytes) throws IOException {
        Inflater inflater = new Inflater(true);
        try (InputStream inflated = new InflaterInputStream(
                new SequenceInputStream(new ByteArrayInputStream(bytes), new ByteArrayInputStream(TAIL)), inflater)) {
            return inflated.readAllBytes();
        } finally {
            inflater.end();
        }
    }
}
