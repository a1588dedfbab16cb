package dev.bayeux.core.exchange;

import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.http.HttpSettings.RequestFormat;
import dev.bayeux.core.delivery.Worker;
import dev.bayeux.core.loop.ClientLoop;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.protocol.CutOffReply;
import dev.bayeux.core.protocol.Effect;
import dev.bayeux.core.protocol.Exchange;
import dev.bayeux.core.protocol.Input;
import dev.bayeux.core.runtime.OwnedThreads;
import dev.bayeux.core.transport.CredentialsHolder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the effects that concern the network: opens and closes connections, and gives each exchange to the loop that
 * sends it. Called by the client's loop, one effect at a time; nothing here waits. As {@code OwnedThreads} it covers the
 * threads that connect, that close the connection, and that call extensions meanwhile.
 */
public final class Connections implements OwnedThreads {

    private final ConnectionContext context;
    private final ClientLoop loop;
    private final ConnectionFactory factory;
    private final CredentialsHolder credentials;
    private final MessageReader reader;
    private final CutOffReply cutOff = new CutOffReply();
    private final Supplier<ExchangeRunner> runners;
    private final BatchSender sender;
    private volatile @Nullable OpenClient open;

    public Connections(ConnectionContext context, ClientLoop loop, ConnectionFactory factory,
            CredentialsHolder credentials) {
        this.context = context;
        this.loop = loop;
        this.factory = factory;
        this.credentials = credentials;
        this.reader = new MessageReader(context.json(), context.config().limits().maxReplyMessages());
        BatchLimit limit = new BatchLimit(context.config().limits().maxRequestBytes(),
                context.config().http().requestFormat() == RequestFormat.FORM);
        this.runners = () -> new ExchangeRunner(loop, context.extensions(), context.observer(), limit,
                context.runtime().newLock());
        this.sender = new BatchSender(context.runtime(), context.clientName(), runners,
                context.config().timeouts().reply());
    }

    public BatchSender sender() {
        return sender;
    }

    /** {@return the open client, or the last one that was open; {@code null} before the first} */
    public @Nullable OpenClient last() {
        return open;
    }

    @Override
    public boolean isCurrent() {
        OpenClient last = open;
        return last != null && last.isCurrent() || context.extensions().isCurrent();
    }

    @Override
    public boolean awaitIdle(long deadlineNs) throws InterruptedException {
        OpenClient last = open;
        return last == null || isCurrent() || sender.isCurrent() || last.awaitClosed(deadlineNs);
    }

    @Override
    public void interrupt() {
        OpenClient last = open;
        if (last != null) {
            last.abort();
        }
    }

    private OpenClient current() {
        OpenClient now = open;
        if (now == null) {
            throw new IllegalStateException("No connection was opened");
        }
        return now;
    }

    /** Opens a connection, and is ready for the first handshake. */
    public void open(Effect.Open effect) {
        ClientConfig config = context.config();
        SessionSender sending = new SessionSender(loop, credentials,
                new HandshakeFields(context.json(), config.handshake(), config.acknowledge(),
                        config.positions().isPresent()),
                config.timeouts().reply());
        SendThread connects = new SendThread(
                new Worker(context.runtime(), "bayeux-" + context.clientName() + "-session"), runners.get(), sending);
        AbandonedSessions abandoned = new AbandonedSessions(context.runtime(), context.clientName(),
                context.extensions(), config.timeouts().close());
        OpenClient opened = new OpenClient(context.runtime(), context.clientName(), factory, connects,
                new Closing(context.runtime(), context.extensions(), abandoned, config.timeouts().close()), abandoned);
        opened.use(connection(effect.connection(), effect.endpoint()), effect.endpoint());
        opened.watchClock(() -> loop.accept(new Input.CheckConnection()));
        open = opened;
    }

    private Connection connection(int number, int endpoint) {
        return new Connection(number, factory.endpoint(endpoint), context, loop, reader, cutOff);
    }

    public void reopen(Effect.Reopen effect) {
        if (effect.renewShared()) {
            current().renewShared();
        }
        current().use(connection(effect.connection(), effect.endpoint()), effect.endpoint());
    }

    public void renewShared() {
        current().renewShared();
    }

    public void keepOnly(String connectionType) {
        current().connection().carrier().keepOnly(connectionType);
    }

    public void dropSilent(String connectionType) {
        current().connection().carrier().dropConnection(connectionType);
    }

    public void send(Exchange exchange) {
        current().hide(exchange.clientId());
        if (exchange.action() == null) {
            sender.assign(exchange, current().connection());
        } else {
            current().send(exchange);
        }
    }

    public void abandon(Exchange exchange) {
        if (exchange.action() == null) {
            sender.abandon(exchange);
        } else {
            current().abandon(exchange);
        }
    }

    public void endAbandonedSession(Effect.EndAbandonedSession session) {
        current().endAbandonedSession(session);
    }

    /** Forgets the credentials that the server has refused, and the cookies that it gave for them. */
    public void renewCredentials() {
        credentials.refuse();
        current().forgetCookies();
    }

    public void close(Effect.Close effect) {
        current().close(effect);
    }
}
