package dev.bayeux.http;

import dev.bayeux.api.error.SafeText;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.TransportContext;
import java.io.EOFException;
import java.net.ProtocolException;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket from its opening to its end. Joins the parts of messages, and reports the end to the inbox once, with the
 * reason that is found first.
 */
final class LiveSocket implements SocketListener {

    /** The close code, also after a failure (C-133). */
    private static final int NORMAL = 1000;

    /** Matches a word that may be a client id, which no text may show (C-135): long, with a digit. */
    private static final Pattern POSSIBLE_ID = Pattern.compile("(?<![\\w-])(?=[\\w-]*\\d)[\\w-]{16,}");

    /** What may have ended a connection; begins with a blank. */
    private static final String ENDED = " Has the server, or a proxy before it, been restarted, or closed the connection for being idle?";

    /** How long a server may take to answer a close frame before the connection is cut. */
    private static final long FAREWELL_MS = 1000;

    private final TransportContext context;
    private final CompletableFuture<TransportException> over = new CompletableFuture<>();
    /** Completes when the inbox has received the end, or need not. */
    private final CompletableFuture<Boolean> told = new CompletableFuture<>();
    /** Completes when the connection is closed, as far as the client knows. */
    private final CompletableFuture<Boolean> gone = new CompletableFuture<>();
    private final StringBuilder message = new StringBuilder();
    private long messageBytes;
    private volatile @Nullable MessageSocket socket;

    LiveSocket(TransportContext context) {
        this.context = context;
    }

    // For the transport

    void opened(MessageSocket opened) {
        socket = opened;
        if (over.isDone()) {
            hangUp();
        }
    }

    boolean isOver() {
        return over.isDone();
    }

    /**
     * Writes a message and waits until it is written. If that fails the socket ends, since a part may have been sent.
     *
     * @return {@code false} if the socket had ended before, so that nothing of the message was written
     */
    boolean write(String text, long deadlineNs) throws InterruptedException {
        MessageSocket open = socket;
        if (open == null || over.isDone()) {
            return false;
        }
        context.inbox().writing();
        if (over.isDone()) {
            return false;
        }
        CompletableFuture<?> written = open.write(text);
        if (written.isDone() && !written.isCompletedExceptionally()) {
            return true;
        }
        try {
            CompletableFuture.anyOf(written, over).get(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
            TransportException reason = over.getNow(null);
            if (reason != null && (!written.isDone() || written.isCompletedExceptionally())) {
                throw reason;
            }
            return true;
        } catch (ExecutionException failed) {
            throw end(whyNotWritten(Objects.requireNonNullElse(failed.getCause(), failed), deadlineNs));
        } catch (TimeoutException slow) {
            throw end(new TransportException(Problem.TIMED_OUT,
                    "A message could not be written to the WebSocket to %s in time: the server or the network accepts no more data. The client has closed the WebSocket."
                            .formatted(place()),
                    slow));
        } catch (InterruptedException interrupted) {
            end(new TransportException(Problem.LOST,
                    "The client has closed the WebSocket to %s within a message, because the writing thread was interrupted."
                            .formatted(place()),
                    interrupted));
            throw interrupted;
        }
    }

    /**
     * A stack may refuse to write because the server has closed the socket, before it reports the close frame. That frame
     * says why, and decides whether the message is sent in smaller parts.
     */
    private TransportException whyNotWritten(Throwable failure, long deadlineNs) throws InterruptedException {
        long leftNs = Math.min(deadlineNs - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(FAREWELL_MS));
        try {
            return over.get(leftNs, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException unknown) {
            return lost("was lost while a message was written", failure);
        } catch (InterruptedException interrupted) {
            end(lost("was lost while a message was written", failure));
            throw interrupted;
        }
    }

    /** Ends the socket without a report, since the caller closes the transport itself. */
    void leave(TransportException reason) {
        if (over.complete(reason)) {
            told.complete(true);
            hangUp();
        }
    }

    /**
     * Ends the socket, and returns the first reason for its end. Does not report an end before the transport has the socket,
     * since nothing can have been sent through it.
     */
    TransportException end(TransportException reason) {
        if (over.complete(reason)) {
            try {
                if (socket != null) {
                    context.inbox().disconnected(reason);
                }
            } finally {
                told.complete(true);
                hangUp();
            }
        }
        return over.join();
    }

    void awaitTold(long deadlineNs) throws InterruptedException {
        try {
            told.get(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException busy) {
            throw new TransportException(Problem.TIMED_OUT,
                    "The last WebSocket has ended, but the client did not process its end in time, and opened no new one.",
                    busy);
        }
    }

    void whenGone(Runnable action) {
        gone.thenRun(action);
    }

    private void hangUp() {
        MessageSocket open = socket;
        if (gone.isDone() || open == null) {
            return;
        }
        Thread.ofVirtual().name("bayeux-%s-farewell".formatted(context.clientName())).start(() -> {
            try {
                open.close(NORMAL, "");
                gone.get(FAREWELL_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException silent) {
                // The finally block closes the connection.
            } catch (InterruptedException | ExecutionException never) {
                Thread.currentThread().interrupt();
            } finally {
                open.abort();
                gone.complete(true);
            }
        });
    }

    // Events of the socket

    @Override
    public void text(CharSequence part, boolean last) {
        if (isOver()) {
            return;
        }
        messageBytes += utf8Length(part);
        if (messageBytes > context.maxReplyBytes()) {
            end(new TransportException(Problem.TOO_LARGE,
                    "%s sent a message of more than %d bytes, which was not read; a larger maxReplyBytes would let it in."
                            .formatted(place(), context.maxReplyBytes()),
                    null));
            return;
        }
        if (last && message.isEmpty()) {
            messageBytes = 0;
            context.inbox().received(part.toString());
            return;
        }
        message.append(part);
        if (!last) {
            context.inbox().progressed();
        } else {
            String whole = message.toString();
            message.setLength(0);
            message.trimToSize();
            messageBytes = 0;
            context.inbox().received(whole);
        }
    }

    @Override
    public void binary() {
        end(new TransportException(Problem.UNREADABLE,
                "%s has sent a binary message over the WebSocket; the messages of Bayeux are text. Does a Bayeux server answer at this path?"
                        .formatted(place()),
                null));
    }

    @Override
    public void closed(int code, String reason) {
        gone.complete(true);
        end(TransportException.closed(code,
                "The WebSocket to %s was closed by the server: code %d%s.%s".formatted(place(), code,
                        meaning(code, reason), advice(code))));
    }

    @Override
    public void failed(Throwable failure) {
        gone.complete(true);
        end(failure instanceof ProtocolException
                ? new TransportException(Problem.UNREADABLE,
                        "%s sent a WebSocket frame that the protocol does not allow (%s). A proxy may have changed it; try long-polling."
                                .formatted(place(), SafeText.reason(telling(failure))),
                        failure)
                : lost("was lost (%s)".formatted(isEnd(failure)
                        ? "the server closed the connection without a close frame"
                        : SafeText.reason(failure)), failure));
    }

    /** Returns the first cause with a message: an exception of the JDK's client may have none. */
    private static Throwable telling(Throwable failure) {
        Throwable cause = failure;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean isEnd(Throwable failure) {
        return failure instanceof EOFException || failure instanceof ClosedChannelException;
    }

    private static String meaning(int code, String reason) {
        String meaning = switch (code) {
            case 1000 -> ", normal closure";
            case 1001 -> ", it is going away";
            case 1002 -> ", a protocol error";
            case 1003 -> ", it does not accept this type of data";
            case 1005 -> ", without a status code";
            case 1006 -> ", without a close frame";
            case 1007 -> ", it found a message that is not valid text";
            case 1008 -> ", a message violates its policy";
            case 1009 -> ", a message was too big for it";
            case 1010 -> ", it misses an extension";
            case 1011 -> ", it could not handle a message";
            case 1012 -> ", it restarts";
            case 1013 -> ", it is overloaded and asks to try again later";
            case 1014 -> ", a gateway got no valid answer from the server";
            case 1015 -> ", TLS failed";
            default -> code >= 4000 && code < 5000 ? ", a code of the application" : "";
        };
        return reason.isBlank()
                ? meaning
                : "%s (\"%s\")".formatted(meaning, SafeText.of(POSSIBLE_ID.matcher(reason).replaceAll("***")));
    }

    /** Says what a program can do about a close code; begins with a blank. */
    private static String advice(int code) {
        return switch (code) {
            case 1000, 1001, 1005, 1006, 1012 -> ENDED;
            case 1009 -> " A smaller maxRequestBytes makes smaller requests of several messages.";
            case 1015 -> " Does the client trust the server's certificate?";
            default -> " The server's log may say why; if a proxy is between client and server, long-polling may work.";
        };
    }

    private TransportException lost(String how, @Nullable Throwable cause) {
        return new TransportException(Problem.LOST, "The WebSocket to %s %s.%s".formatted(place(), how, ENDED), cause);
    }

    private String place() {
        return HttpFacts.place(context.uri());
    }

    /** Each half of a surrogate pair counts for two of its four bytes. */
    private static long utf8Length(CharSequence text) {
        long bytes = text.length();
        for (int n = 0; n < text.length(); n++) {
            char c = text.charAt(n);
            if (c >= 0x80) {
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }
}
