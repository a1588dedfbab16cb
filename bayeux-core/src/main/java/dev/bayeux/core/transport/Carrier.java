package dev.bayeux.core.transport;

import dev.bayeux.api.Credentials;
import dev.bayeux.api.Endpoint;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.FullDuplexTransport;
import dev.bayeux.api.spi.Inbox;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.core.runtime.ClientLog;
import dev.bayeux.core.transport.CredentialsHolder.CredentialsUnavailableException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches over the transports of one client to one server. Opens each transport when it is first needed, and renews
 * credentials before they expire, or when the server refuses them and the protocol's core wants the request sent once more.
 */
public final class Carrier implements AutoCloseable {

    private final List<TransportProvider> providers;
    private final Endpoint endpoint;
    private final TransportContext context;
    private final CredentialsHolder credentials;
    private final WireLog wire;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Transport> open = new HashMap<>();
    private boolean closed;
    private volatile boolean socket;
    /** How many connections of full-duplex transports have ended. */
    private final AtomicLong ended = new AtomicLong();
    private volatile int maxBatchBytes = Integer.MAX_VALUE;

    /**
     * Opens nothing yet. No two providers are of one connection type; requests get the headers of the credentials on top of
     * those of the context.
     */
    public Carrier(List<TransportProvider> providers, Endpoint endpoint, TransportContext context,
            CredentialsHolder credentials, WireLog wire) {
        this.providers = providers;
        this.endpoint = endpoint;
        this.wire = wire;
        this.context = context.withHeaders(new RequestHeaders(context.headers(), credentials))
                .withInbox(logging(context.inbox()));
        this.credentials = credentials;
    }

    /** What the protocol's core decides while a batch is sent. */
    @FunctionalInterface
    public interface Permission {

        /**
         * Called before the transport gets the batch, each time; before that nothing was sent. Throws if the batch is not
         * wanted any more.
         */
        default void leaving() {
            // This batch is always wanted.
        }

        /**
         * Called when the server has refused the credentials, and so has not processed the batch. Returns whether to send it
         * once more with other credentials.
         */
        boolean mayRepeat();
    }

    /**
     * Sends one batch. Returns the answer, or {@code null} if answers arrive through the inbox. Throws
     * {@link HandshakeException} if the server refused the credentials and there are no others now. Its cause is the refusal
     * if the server refused this batch; without that cause the batch was not sent.
     */
    public @Nullable String send(String connectionType, Batch batch, Permission permission)
            throws InterruptedException {
        Credentials used = credentials(socket);
        try {
            return sendOnce(connectionType, batch, permission);
        } catch (TransportException refused) {
            if (refused.kind() != FailureKind.AUTHENTICATION || !credentials.canRenew() || !permission.mayRepeat()
                    || !credentials.refuse(used)) {
                throw refused;
            }
            try {
                credentials.get();
            } catch (CredentialsUnavailableException unavailable) {
                refused.addSuppressed(unavailable);
                throw withoutCredentials(unavailable, refused);
            }
            return sendOnce(connectionType, batch, permission);
        }
    }

    /** An open socket needs no credentials: its upgrade carried them. */
    private Credentials credentials(boolean proved) throws InterruptedException {
        try {
            return proved ? credentials.now() : credentials.forRequest();
        } catch (CredentialsUnavailableException unavailable) {
            throw withoutCredentials(unavailable, unavailable);
        }
    }

    /** A transient failure in place of the refusal, since the credentials source may work again later. */
    private static HandshakeException withoutCredentials(CredentialsUnavailableException unavailable, Throwable cause) {
        return new HandshakeException(FailureKind.TRANSIENT, "The server refused the credentials, and the source"
                + " of fresh ones failed: " + unavailable.getCause(), cause);
    }

    /** Sends one batch with the credentials in force, even if the server has refused them. */
    public @Nullable String sendOnce(String connectionType, Batch batch) throws InterruptedException {
        return sendOnce(connectionType, batch, () -> false);
    }

    /** Sends one batch, if it is still wanted. */
    public @Nullable String sendOnce(String connectionType, Batch batch, Permission permission)
            throws InterruptedException {
        wire.sent(batch.text());
        long endedBefore = ended.get();
        @Nullable
        String answer;
        try {
            Transport transport = transport(connectionType);
            maxBatchBytes = transport.maxBatchBytes();
            permission.leaving();
            answer = switch (transport) {
                case RequestResponseTransport requests -> Objects.requireNonNull(requests.exchange(batch),
                        "The transport returned null in place of a reply.");
                case FullDuplexTransport connection -> {
                    connection.send(batch);
                    yield null;
                }
            };
        } catch (TransportException failed) {
            wire.failed(failed);
            throw failed;
        } catch (LinkageError unusable) {
            throw notLinked(connectionType, unusable);
        }
        if (answer != null) {
            wire.received(answer);
        }
        if (answer != null) {
            socket = false;
        } else if (ended.get() == endedBefore) {
            // Otherwise the connection may have ended after the batch was written, and the inbox may have received that end.
            socket = true;
        }
        return answer;
    }

    /** A library has another version than the transport was built with, so no later attempt can succeed. */
    private ConfigurationException notLinked(String connectionType, LinkageError unusable) {
        String name = providers.stream().filter(each -> each.connectionType().equals(connectionType)).findFirst()
                .map(each -> each.getClass().getName()).orElse(connectionType);
        return new ConfigurationException(
                "The transport for \"%s\" (%s) cannot be used: %s. A library that it needs is missing or has another version; see the cause."
                        .formatted(connectionType, name, unusable),
                unusable);
    }

    /** {@return the most bytes that the transport which was used last carries at once} */
    public int maxBatchBytes() {
        return maxBatchBytes;
    }

    public void disconnected() {
        ended.incrementAndGet();
        socket = false;
    }

    private Inbox logging(Inbox inbox) {
        return new Inbox() {

            @Override
            public void received(String text) {
                wire.received(text);
                inbox.received(text);
            }

            @Override
            public void writing() {
                socket = true;
                inbox.writing();
            }

            @Override
            public void progressed() {
                inbox.progressed();
            }

            @Override
            public void receivedInPart(String text) {
                wire.received(text);
                inbox.receivedInPart(text);
            }

            @Override
            public void responded(URI uri, int status, Map<String, List<String>> headers) {
                inbox.responded(uri, status, headers);
            }

            @Override
            public void disconnected(TransportException reason) {
                wire.failed(reason);
                inbox.disconnected(reason);
            }
        };
    }

    /** Logs the last texts that the client sent and received before it stopped. */
    public void logFatal(BayeuxException why) {
        wire.fatal(why);
    }

    /** Closes the silent connection of a full-duplex transport; the next batch opens another one. */
    public void dropConnection(String connectionType) {
        Transport silent;
        lock.lock();
        try {
            silent = open.get(connectionType);
        } finally {
            lock.unlock();
        }
        if (silent != null) {
            guarded(silent, Transport::dropConnection, "A transport could not drop its connection");
        }
    }

    /**
     * Makes all transports use new connections, since the open ones may be dead. Exchanges in flight continue. An open socket
     * stays until this carrier is closed.
     */
    public void renewConnections() {
        if (!socket) {
            lock.lock();
            try {
                open.values().forEach(
                        each -> guarded(each, Transport::dropConnection,
                                "A transport could not be given other connections"));
            } finally {
                lock.unlock();
            }
        }
    }

    private Transport transport(String connectionType) {
        lock.lock();
        try {
            if (closed) {
                throw new TransportException(Problem.CLOSED, "The client is disconnected.", null);
            }
            return open.computeIfAbsent(connectionType, this::open);
        } finally {
            lock.unlock();
        }
    }

    private Transport open(String connectionType) {
        TransportProvider provider = providers.stream()
                .filter(each -> each.connectionType().equals(connectionType)).findFirst().orElseThrow();
        return provider.open(context.withUri(endpoint.urlFor(provider.name(), connectionType)));
    }

    /** Closes all transports but the one in use from now on (C-08). */
    public void keepOnly(String connectionType) {
        lock.lock();
        try {
            List<String> unused = open.keySet().stream().filter(type -> !type.equals(connectionType)).toList();
            unused.forEach(type -> release(open.remove(type)));
        } finally {
            lock.unlock();
        }
    }

    private static void release(Transport transport) {
        guarded(transport, Transport::close, "A transport could not be closed");
    }

    /**
     * Calls a transport or a log, which can be the program's code: no failure of it may stop the other transports or the
     * client.
     */
    private static void guarded(Transport transport, Consumer<Transport> what, String otherwise) {
        try {
            what.accept(transport);
        } catch (Throwable failed) {
            ClientLog.warn(otherwise, failed);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            open.values().forEach(Carrier::release);
            open.clear();
        } finally {
            lock.unlock();
        }
    }
}
