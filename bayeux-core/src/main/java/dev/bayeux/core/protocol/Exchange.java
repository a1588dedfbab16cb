package dev.bayeux.core.protocol;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.core.message.OutgoingMessage;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.session.SessionAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Requests that are sent together, with their progress: a handshake, a connect, or a batch of other requests. Only
 * {@link ProtocolCore} changes it.
 */
public final class Exchange {

    /** The length from which the next batch leaves before the response is read: half the limit of a first batch. */
    private static final int LONG_BYTES = 16_384;

    private final List<Request> requests;
    private final int connection;
    private final String connectionType;
    private final @Nullable String clientId;
    private final @Nullable SessionAction action;
    private final List<String> connectionTypes;
    private volatile CompletableFuture<@Nullable Void> settled = new CompletableFuture<>();
    private int answered;
    private boolean refusing;
    private boolean processing;
    private long socketsEnded;
    private boolean left;
    private boolean written;
    private final int bytes;
    private boolean shared;
    private boolean repeated;
    /** Completes when the response to this batch was processed; {@code null} before the response has arrived. */
    private volatile @Nullable CompletableFuture<@Nullable Void> processed;
    /** Completes when the response to the previous batch was processed; {@code null} if it was taken before this batch left. */
    private @Nullable CompletableFuture<@Nullable Void> previous;
    /** The channels that a restoration has subscribed since this batch was sent; {@code null} without one. */
    private @Nullable Set<String> restored;
    /** The abandoned calls of which an answer without an id may arrive. */
    private List<Request> givenUp = List.of();
    private volatile long writtenNs = Long.MIN_VALUE;
    private volatile boolean over;
    private volatile @Nullable TransportException lost;

    /** Makes a batch of at least one request. */
    Exchange(List<Request> requests, int connection, String connectionType, @Nullable String clientId) {
        this(requests, connection, connectionType, clientId, null, List.of());
    }

    /**
     * Makes a handshake or connect; {@code clientId} is {@code null} for a handshake, which alone offers {@code
     * connectionTypes}.
     */
    Exchange(List<Request> requests, int connection, String connectionType, @Nullable String clientId,
            @Nullable SessionAction action, List<String> connectionTypes) {
        this.requests = List.copyOf(requests);
        this.connection = connection;
        this.connectionType = connectionType;
        this.clientId = clientId;
        this.action = action;
        this.connectionTypes = connectionTypes;
        this.bytes = bytesOf(this.requests, clientId);
    }

    /** {@return the session, {@code null} for a handshake} */
    public @Nullable String clientId() {
        return clientId;
    }

    private static int bytesOf(List<Request> requests, @Nullable String clientId) {
        int clientIdBytes = clientId == null ? 0 : Request.bytesOf(clientId);
        long sum = SendQueue.BRACKETS;
        for (Request request : requests) {
            sum += SendQueue.size(request, clientIdBytes);
        }
        return (int) Math.min(Integer.MAX_VALUE, sum);
    }

    /** {@return the requests, in the order in which they leave} */
    public List<Request> requests() {
        return requests;
    }

    public List<OutgoingMessage> messages() {
        List<OutgoingMessage> messages = new ArrayList<>(requests.size());
        for (Request request : requests) {
            messages.add(OutgoingMessage.of(request, clientId));
        }
        return messages;
    }

    /** {@return the kind of the first request; handshakes and connects leave alone} */
    public Kind kind() {
        return requests.getFirst().kind();
    }

    /** {@return the handshake or connect to send, {@code null} for a batch} */
    public @Nullable SessionAction action() {
        return action;
    }

    /** {@return the connection types that a handshake offers: all of the client except excluded ones (C-128)} */
    public List<String> connectionTypes() {
        return connectionTypes;
    }

    /** {@return completes with {@link Effect.Wake}} */
    public CompletableFuture<@Nullable Void> settled() {
        return settled;
    }

    /** {@return the number of the connection that carries it} */
    public int connection() {
        return connection;
    }

    /** {@return the transport that carries it} */
    public String connectionType() {
        return connectionType;
    }

    /** {@return whether the reply has arrived, or no longer counts: safe to ask on any thread} */
    public boolean isOver() {
        return over;
    }

    /** {@return why no reply can arrive any more; {@code null} unless the connection has ended} */
    public @Nullable TransportException lost() {
        return lost;
    }

    String id() {
        return requests.getFirst().id();
    }

    /** Whether all requests are publishes and calls. */
    boolean isPublished() {
        return requests.stream().allMatch(Request::isPublished);
    }

    boolean isBatch() {
        return action == null;
    }

    /** Refuses the deliveries of the reply, without acknowledging them, since the queues are full. */
    void refuseDeliveries() {
        refusing = true;
    }

    /** Accepts the deliveries after all, since there is room again: all or none, as the reply acknowledges all or none. */
    void takeDeliveries() {
        refusing = false;
    }

    boolean isRefusing() {
        return refusing;
    }

    /** Records that the reply has arrived. */
    void beginProcessing() {
        over = true;
        processing = true;
    }

    boolean isBeingProcessed() {
        return processing;
    }

    void end() {
        over = true;
        processing = false;
    }

    /** Records that the transport receives it, unless it is over. Returns whether the transport may receive it. */
    boolean leave() {
        if (!over) {
            markLeft();
        }
        return !over;
    }

    /** Records that the transport receives it, so that the end of an earlier connection does not concern it. */
    private void markLeft() {
        left = true;
        lost = null;
        settled = settled.isDone() ? new CompletableFuture<>() : settled;
    }

    /** Whether the transport has it; before that, nothing of it was sent. */
    boolean hasLeft() {
        return left;
    }

    /** Records that it is written to an open socket, after so many have ended. */
    void markWriting(long newSocketsEnded, long nowNs) {
        markLeft();
        socketsEnded = newSocketsEnded;
        writtenNs = nowNs;
    }

    /** Records that a full-duplex connection has sent it. A transport need not have reported that it began to write. */
    void markWritten(long newSocketsEnded, long nowNs) {
        left = true;
        written = true;
        if (writtenNs == Long.MIN_VALUE) {
            socketsEnded = newSocketsEnded;
            writtenNs = nowNs;
        }
    }

    /** {@return whether its response takes so long to read that the next batch should leave before} */
    public boolean isLong() {
        return bytes > LONG_BYTES;
    }

    /** Records that the exchange is retried with other credentials. Returns {@code false} if it was retried before. */
    boolean repeat() {
        boolean first = !repeated;
        repeated = true;
        // The server has processed nothing of it.
        left &= !first;
        return first;
    }

    /** Records that the response has arrived and is about to be read. */
    void markArrived() {
        processed = new CompletableFuture<>();
    }

    boolean hasArrived() {
        return processed != null;
    }

    /** Records that the batch before it is answered, but that the response is still being read. */
    void follow(Exchange before) {
        previous = before.processed;
    }

    /** {@return completes when the response to this batch may be processed; {@code null} if it may be processed at once} */
    public @Nullable CompletableFuture<@Nullable Void> previous() {
        return previous;
    }

    /** Allows the response to the next batch to be processed, since this exchange has ended. */
    public void letNextBeProcessed() {
        CompletableFuture<@Nullable Void> waiting = processed;
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    /** How many bytes it has, without those that extensions add. */
    int bytes() {
        return bytes;
    }

    /** Whether another batch was in flight on the same connection at some time, so that the end of the connection may concern either. */
    boolean isShared() {
        return shared;
    }

    void share() {
        shared = true;
    }

    /** Returns how many sockets had ended before the one that carries it. */
    long socketsEnded() {
        return socketsEnded;
    }

    /** Whether it was sent over a full-duplex connection. */
    boolean isWritten() {
        return written;
    }

    /** {@return when it was written, or began to be; {@link Long#MIN_VALUE} before} */
    public long writtenNs() {
        return writtenNs;
    }

    void markLost(TransportException reason) {
        lost = reason;
    }

    /** The number of its first requests that are known to be answered. */
    int answered() {
        return answered;
    }

    void answered(int first) {
        answered = first;
    }

    /** Records that a restoration has replaced the subscribe requests of this batch. */
    void replaceSubscriptions(Set<String> channels) {
        restored = channels;
    }

    /** Whether a restoration has replaced a request of this batch, so that it must not be sent again. */
    boolean isReplaced(Request request) {
        Set<String> channels = restored;
        return channels != null && (request.kind() == Kind.SUBSCRIBE
                || request.kind() == Kind.UNSUBSCRIBE && channels.contains(request.body()));
    }

    /** Records that the caller of a call has abandoned it. */
    void giveUp(Request call) {
        if (givenUp.isEmpty()) {
            givenUp = new ArrayList<>();
        }
        givenUp.add(call);
    }

    /** Returns the abandoned call that a reply answers, once; {@code null} if it answers none. */
    @Nullable
    Request takeGivenUp(IncomingMessage reply) {
        for (Request call : givenUp) {
            if (reply.id() == null ? call.matchesWithoutId(reply) : reply.id().equals(call.id())) {
                givenUp.remove(call);
                return call;
            }
        }
        return null;
    }

    /** Returns the abandoned calls, once. */
    List<Request> takeGivenUp() {
        List<Request> all = givenUp;
        givenUp = List.of();
        return all;
    }
}
