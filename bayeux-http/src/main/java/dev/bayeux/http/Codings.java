package dev.bayeux.http;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings.Coding;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Undoes the compression of answers (RFC 9110, 8.4). The decoded size has the same limit as the encoded size. */
final class Codings {

    /** The codings, in order. The output of each has its own limit, which also bounds its time. */
    static final int MOST_CODINGS = 2;

    private static final int MOST_OF_A_NAME = 40;
    private static final int LEAST_CHUNK = 1 << 9;
    private static final int MOST_CHUNK = 1 << 14;
    /** How many times longer JSON usually is after decompression. */
    private static final int USUAL_GAIN = 4;

    private Codings() {
    }

    /** The value of {@code Accept-Encoding}. */
    static String accepted(Set<Coding> codings) {
        return codings.isEmpty()
                ? "identity"
                : codings.stream().map(coding -> coding.name().toLowerCase(Locale.ROOT)).sorted()
                        .collect(Collectors.joining(", "));
    }

    /**
     * Reads an answer.
     *
     * @param header the value of {@code Content-Encoding}
     * @param limit the most bytes that may come out
     * @param server the server that sent it, for texts
     * @throws TransportException with {@link Problem#TOO_LARGE} if more come out, with {@link Problem#UNREADABLE} if the
     *             coding is unknown or the bytes are not in it
     */
    static ReplyBuffer undo(String header, ReplyBuffer answer, int limit, String server) {
        return undo(header, answer, limit, server, false);
    }

    /** Decodes an answer whose end is missing, as far as it goes. */
    static ReplyBuffer undoBeginning(String header, ReplyBuffer answer, int limit, String server) {
        return undo(header, answer, limit, server, true);
    }

    private static ReplyBuffer undo(String header, ReplyBuffer answer, int limit, String server,
            boolean partly) {
        if (header.isEmpty()) {
            return answer;
        }
        ReplyBuffer plain = answer;
        List<String> codings = Arrays.stream(header.toLowerCase(Locale.ROOT).split(",")).map(String::strip).toList();
        if (codings.size() > MOST_CODINGS) {
            throw new TransportException(Problem.UNREADABLE,
                    "%s sent a reply that is compressed %d times over; the client decodes at most %d."
                            .formatted(server, codings.size(), MOST_CODINGS),
                    null);
        }
        for (String coding : codings.reversed()) {
            plain = switch (coding) {
                case "", "identity" -> plain;
                case "gzip", "x-gzip", "deflate" -> inflate(coding, plain, limit, server, partly);
                default -> throw new TransportException(Problem.UNREADABLE,
                        "%s sent a reply in an unknown coding that the client did not ask for: \"%s\". Has a proxy changed it?"
                                .formatted(server, coding.length() <= MOST_OF_A_NAME
                                        ? coding
                                        : coding.substring(0, MOST_OF_A_NAME) + "..."),
                        null);
            };
        }
        return plain;
    }

    private static ReplyBuffer inflate(String coding, ReplyBuffer packed, int limit, String server,
            boolean partly) {
        if (packed.length() == 0) {
            // A response without a body may still name a coding.
            return packed;
        }
        ReplyBuffer plain = new ReplyBuffer(limit, server, () -> {});
        // Most answers are small: buffers for large ones would cost more than everything else here.
        byte[] chunk = new byte[Math.clamp((long) USUAL_GAIN * packed.length(), LEAST_CHUNK, MOST_CHUNK)];
        Inflater inflater = null;
        try {
            InputStream in;
            if (coding.equals("deflate")) {
                PushbackInputStream bytes = new PushbackInputStream(packed.stream(), 2);
                inflater = new Inflater(!isZlib(bytes));
                in = new InflaterInputStream(bytes, inflater, Math.min(packed.length(), MOST_CHUNK));
            } else {
                in = new GZIPInputStream(packed.stream(), Math.min(packed.length(), MOST_CHUNK));
            }
            try (in) {
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    plain.append(ByteBuffer.wrap(chunk, 0, read));
                }
            }
            return plain;
        } catch (IOException | StackOverflowError broken) {
            // The JDK overflows the stack at thousands of empty parts.
            if (partly) {
                return plain;
            }
            throw new TransportException(Problem.UNREADABLE,
                    "%s sent a reply of %d bytes that is not whole or not valid %s, as its Content-Encoding says: has a proxy changed it?"
                            .formatted(server, packed.length(), coding),
                    broken);
        } finally {
            if (inflater != null) {
                inflater.end();
            }
        }
    }

    /** Whether the content begins as RFC 1950 demands; many servers send bare RFC 1951 instead. */
    private static boolean isZlib(PushbackInputStream in) throws IOException {
        byte[] head = in.readNBytes(2);
        in.unread(head);
        return head.length == 2 && (head[0] & 0x0f) == 8 && ((head[0] & 0xff) << 8 | head[1] & 0xff) % 31 == 0;
    }
}
