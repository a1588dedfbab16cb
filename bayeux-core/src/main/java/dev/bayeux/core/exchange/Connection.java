package dev.bayeux.core.exchange;

import dev.bayeux.api.Endpoint;
import dev.bayeux.api.Timeouts;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.http.ResponseHead;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.Inbox;
import dev.bayeux.core.delivery.ListenerQueue;
import dev.bayeux.core.extension.ExtensionChain;
import dev.bayeux.core.loop.ClientLoop;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.message.ReplySource;
import dev.bayeux.core.protocol.CutOffReply;
import dev.bayeux.core.protocol.Exchange;
import dev.bayeux.core.protocol.Input;
import dev.bayeux.core.runtime.ClientRuntime;
import dev.bayeux.core.transport.Carrier;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The transports that are open to one server, until they are replaced. Hides whether replies arrive as the response to a
 * request or, over a full-duplex transport, by themselves.
 */
final class Connection implements Inbox {

    private final int number;
    private final String server;
    private final ClientRuntime runtime;
    private final ClientLoop loop;
    private final MessageReader reader;
    private final ExtensionChain extensions;
    private final CutOffReply cutOff;
    private final ListenerQueue<ResponseHead> responses;
    private final Timeouts timeouts;
    private final ReplySource pushed;
    private final Arrivals arrivals = new Arrivals();
    private final Map<Thread, Exchange> sending = new ConcurrentHashMap<>();
    private volatile @Nullable Carrier carrier;
    private volatile String connectionType = "";
    private int maxBatchBytes = Integer.MAX_VALUE;

    /** Opens nothing yet; {@link #use} must be called next. */
    Connection(int number, Endpoint server, ConnectionContext context, ClientLoop loop, MessageReader reader,
            CutOffReply cutOff) {
        this.number = number;
        this.server = server.toString();
        this.pushed = new ReplySource(this.server, null);
        this.runtime = context.runtime();
        this.loop = loop;
        this.reader = reader;
        this.extensions = context.extensions();
        this.responses = context.responses();
        this.timeouts = context.config().timeouts();
        this.cutOff = cutOff;
    }

    void use(Carrier newCarrier) {
        carrier = newCarrier;
    }

    Carrier carrier() {
        return Objects.requireNonNull(carrier);
    }

    /**
     * Sends the messages of an exchange and waits for the replies, for as long as {@code limit} from the moment at which the
     * messages were sent. Returns none if a full-duplex transport has passed them to the loop already. An interrupt abandons
     * the exchange.
     */
    Input.Received exchange(Exchange exchange, Batch batch, Duration limit) throws InterruptedException {
        connectionType = exchange.connectionType();
        sending.put(Thread.currentThread(), exchange);
        String answer;
        try {
            answer = carrier().send(exchange.connectionType(), batch, new Carrier.Permission() {

                @Override
                public void leaving() {
                    checkWanted(exchange);
                }

                @Override
                public boolean mayRepeat() {
                    return Connection.this.mayRepeat(exchange);
                }
            });
        } finally {
            sending.remove(Thread.currentThread());
        }
        announceSize();
        if (answer != null) {
            arrived(exchange);
            return answered(exchange, answer);
        }
        loop.accept(new Input.Written(exchange));
        // C-100: the limit excludes the time of extensions, credentials and the upgrade.
        boolean settled = isSettled(exchange, runtime.after(limit));
        TransportException lost = exchange.lost();
        if (!exchange.isOver() && lost != null) {
            throw lost;
        }
        if (!exchange.isOver() && !settled) {
            throw timedOut(exchange);
        }
        return Input.Received.nothing(exchange);
    }

    private void checkWanted(Exchange exchange) {
        if (!loop.ask(new Input.Leaving(exchange))) {
            throw new TransportException(Problem.CLOSED, "The client abandoned the request.", null);
        }
    }

    private boolean mayRepeat(Exchange refused) {
        return loop.ask(new Input.Unauthorized(refused));
    }

    /** Waits until the deadline, or longer while a frame arrives part by part. */
    private boolean isSettled(Exchange exchange, long deadlineNs) throws InterruptedException {
        long untilNs = deadlineNs;
        while (!runtime.isComplete(exchange.settled(), untilNs)) {
            untilNs = arrivals.until(deadlineNs, timeouts);
            if (untilNs - runtime.nanoTime() <= 0) {
                return false;
            }
        }
        return true;
    }

    private TransportException timedOut(Exchange exchange) {
        if (arrivals.hasReceivedSince(exchange.writtenNs())) {
            loop.accept(new Input.Progressed(number));
        }
        return new TransportException(Problem.TIMED_OUT,
                "No answer of %s to the request on %s came over the WebSocket in time (replyTimeout is %d ms). A slow server, or a slow network, needs a longer one."
                        .formatted(server, exchange.requests().getFirst().channel(), timeouts.reply().toMillis()),
                null);
    }

    private void announceSize() {
        int bytes = carrier().maxBatchBytes();
        if (bytes != maxBatchBytes) {
            maxBatchBytes = bytes;
            loop.accept(new Input.Carries(number, bytes));
        }
    }

    /** Lets the next batch leave before a long response is read. Responses are taken in the order of their batches. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint only: the batch also leaves without it
    private void arrived(Exchange exchange) throws InterruptedException {
        if (exchange.action() == null && exchange.isLong()) {
            loop.accept(new Input.Arrived(exchange));
            // The thread of the next batch begins first where there is one core.
            Thread.yield();
        }
        CompletableFuture<@Nullable Void> previous = exchange.previous();
        if (previous != null) {
            runtime.isComplete(previous, runtime.after(ClientRuntime.FAR));
        }
    }

    private Input.Received answered(Exchange exchange, String text) {
        if (exchange.isOver()) {
            // Extensions do not see discarded replies either (C-85).
            return Input.Received.nothing(exchange);
        }
        MessageReader.Reading reading = reader.read(text, exchange.connectionType(),
                new ReplySource(server, exchange.requests().getFirst().channel()));
        return received(exchange, reading);
    }

    private Input.Received received(@Nullable Exchange exchange, MessageReader.Reading reading) {
        CutOffReply.Taking taking = take(reading);
        List<IncomingMessage> fresh = taking == null ? reading.messages() : taking.messages();
        return Input.Received.of(exchange, number, extensions.incoming(fresh), reading).with(taking);
    }

    @Override
    public void writing() {
        Exchange exchange = sending.get(Thread.currentThread());
        if (exchange != null) {
            loop.accept(new Input.Writing(exchange));
        }
    }

    @Override
    public void progressed() {
        arrivals.part(runtime.nanoTime());
    }

    @Override
    public void receivedInPart(String text) {
        MessageReader.Reading reading = reader.read(text, connectionType, pushed).asCutOff();
        CutOffReply.Taking taking = take(reading);
        List<IncomingMessage> fresh = taking == null ? reading.messages() : taking.messages();
        List<IncomingMessage> deliveries = extensions
                .incoming(fresh.stream().filter(IncomingMessage::isDelivery).toList());
        if (!deliveries.isEmpty()) {
            loop.accept(Input.Received.of(null, number, deliveries,
                    new MessageReader.Reading(deliveries, List.of(), 0, 0, null)).with(taking));
        }
    }

    @Override
    public void received(String text) {
        arrivals.whole(runtime.nanoTime());
        MessageReader.Reading reading = reader.read(text, connectionType, pushed);
        if (!text.isBlank()) {
            loop.accept(received(null, reading));
        }
    }

    /** Compares a reply with one that was cut off before; {@code null} if there is none, and this one is whole. */
    private CutOffReply.@Nullable Taking take(MessageReader.Reading reading) {
        return reading.failure() == null && cutOff.isIdle()
                ? null
                : loop.look(view -> cutOff.take(reading, view.session().isAcknowledging()
                        ? view.session().clientId().orElse(null)
                        : null));
    }

    @Override
    public void responded(URI uri, int status, Map<String, List<String>> headers) {
        if (responses.hasListeners()) {
            responses.add(ResponseHead.of(uri, status, headers));
        }
    }

    @Override
    public void disconnected(TransportException reason) {
        arrivals.ended();
        carrier().disconnected();
        loop.accept(new Input.ConnectionEnded(number, reason));
    }
}
