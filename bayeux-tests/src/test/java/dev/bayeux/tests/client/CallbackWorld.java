package dev.bayeux.tests.client;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.OutboxLimits;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.extension.BayeuxMessage;
import dev.bayeux.api.extension.Extension;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.memory.MemoryTransportProvider;
import dev.bayeux.tests.server.MemoryServer;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** A client with every callback there is, one of which makes a call of the API when it is first called. */
final class CallbackWorld implements AutoCloseable {

    /** Nothing may take longer; the limits of the client are far below. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The limits of calls that cannot succeed, since they hold up the thread that would have to help them. */
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int ATTEMPTS = 5;

    final MemoryServer peer = new MemoryServer();
    final ScriptedBayeux server = ScriptedBayeux.over(peer);
    final BayeuxClient client;
    final Subscription handled;
    final PullSubscription<JsonValue> pulled;
    private final CompletableFuture<Void> outcome = new CompletableFuture<>();
    private final AtomicReference<Callback> armed = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Callback callback;
    private final PublicCall call;

    /** Is called with each message, on a thread for which the protocol waits. */
    private final class Watching implements Extension {

        @Override
        public BayeuxMessage outgoing(BayeuxMessage message) {
            if (!message.isMeta()) {
                entered(Callback.EXTENSION_AT_A_PUBLISH);
            }
            return message;
        }

        @Override
        public BayeuxMessage incoming(BayeuxMessage message) {
            if (message.channel().equals("/meta/connect")) {
                entered(Callback.EXTENSION_AT_A_CONNECT);
            }
            return message;
        }
    }

    private CallbackWorld(Callback callback, PublicCall call) throws InterruptedException {
        this.callback = callback;
        this.call = call;
        Duration limit = callback.isOnAThreadOfTheProtocol() ? SHORT : PATIENCE.dividedBy(4);
        client = builder().replyTimeout(limit).sendTimeout(limit).connectCallTimeout(limit.multipliedBy(2))
                .closeTimeout(limit).onEvent(event -> entered(Callback.EVENT_LISTENER))
                .onError(failure -> entered(Callback.ERROR_LISTENER)).addHeaders(() -> {
                    entered(Callback.HEADERS_OF_A_CONNECT);
                    entered(Callback.HEADERS_OF_A_PUBLISH);
                    return Map.of();
                }).handshake(() -> {
                    entered(Callback.HANDSHAKE_FIELDS);
                    return JsonValue.EMPTY_JSON_OBJECT;
                }).addExtension(new Watching()).credentials(refused -> {
                    entered(Callback.CREDENTIALS_OF_A_CONNECT);
                    entered(Callback.CREDENTIALS_OF_A_PUBLISH);
                    return Credentials.bearer("any");
                }).build();
        boolean ready = false;
        try {
            client.connect();
            handled = client.subscribe("/handled", message -> entered(Callback.MESSAGE_HANDLER));
            pulled = client.subscribe("/pulled");
            // So that take() has something to take.
            client.publish("/pulled", 1);
            server.awaitHeldConnects(1, PATIENCE);
            ready = true;
        } finally {
            if (!ready) {
                client.close();
                close();
            }
        }
    }

    /** A busy machine may miss the short limits while the client is set up: that is not what is looked at. */
    static CallbackWorld open(Callback callback, PublicCall call) throws InterruptedException {
        BayeuxException last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return new CallbackWorld(callback, call);
            } catch (BayeuxException late) {
                last = late;
            }
        }
        throw new AssertionError("The client could not be set up.", last);
    }

    ClientBuilder builder() {
        return BayeuxClient.builder(peer.uri()).outbox(OutboxLimits.DEFAULT)
                .transports(new MemoryTransportProvider(peer))
                .backoff(Backoff.of(Duration.ofMillis(20), Duration.ofMillis(50)));
    }

    /** Makes a callback happen; the call in it has ended when this returns. */
    void provoke() throws InterruptedException, ExecutionException, TimeoutException {
        armed.set(callback);
        callback.provoke(this);
        outcome.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Called by all callbacks. */
    void entered(Callback which) {
        if (armed.compareAndSet(which, null)) {
            try {
                call.make(this);
                outcome.complete(null);
            } catch (Throwable thrown) {
                outcome.completeExceptionally(thrown);
            }
        }
    }

    /** Something that the program does meanwhile, whatever becomes of it. */
    void meanwhile(PublicCall.Action action) {
        threads.add(Thread.ofVirtual().name("test-meanwhile").start(() -> {
            try {
                action.make(this);
            } catch (Exception failed) {
                // The call within the callback is what is looked at.
            }
        }));
    }

    /** Closes the client, which must be possible whatever has happened. */
    void closeClient() throws InterruptedException {
        Thread closing = Thread.ofVirtual().name("test-close").start(client::close);
        if (!closing.join(PATIENCE)) {
            AssertionError hanging = new AssertionError("The client cannot be closed.");
            hanging.setStackTrace(closing.getStackTrace());
            throw hanging;
        }
        if (!client.state().isDisconnected()) {
            throw new AssertionError("The closed client is %s".formatted(client.state()));
        }
        peer.awaitNoConnections(PATIENCE);
    }

    @Override
    public void close() {
        server.close();
        threads.forEach(Thread::interrupt);
    }
}
