package dev.bayeux.core;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.ClientFactory;
import dev.bayeux.api.http.ResponseHead;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.core.call.ClientContext;
import dev.bayeux.core.call.ReportedState;
import dev.bayeux.core.delivery.Deliverer;
import dev.bayeux.core.delivery.Events;
import dev.bayeux.core.delivery.HandledPositions;
import dev.bayeux.core.delivery.InvalidPositions;
import dev.bayeux.core.delivery.ListenerQueue;
import dev.bayeux.core.delivery.Payloads;
import dev.bayeux.core.delivery.Subscribers;
import dev.bayeux.core.delivery.SubscriptionContext;
import dev.bayeux.core.exchange.ConnectionContext;
import dev.bayeux.core.exchange.ConnectionFactory;
import dev.bayeux.core.exchange.Connections;
import dev.bayeux.core.extension.ExtensionCatalog;
import dev.bayeux.core.extension.ExtensionChain;
import dev.bayeux.core.loop.ClientLoop;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.Redactor;
import dev.bayeux.core.observe.Observer;
import dev.bayeux.core.protocol.ProtocolCore;
import dev.bayeux.core.protocol.ProtocolSettings;
import dev.bayeux.core.protocol.ReplayExtension;
import dev.bayeux.core.runtime.ClientRuntime;
import dev.bayeux.core.transport.CredentialsHolder;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Builds a client: the one place that chooses its parts. */
public final class CoreClientFactory implements ClientFactory {

    /** The most heads that wait for a slow listener; a server may send 256 KiB of headers with each response. */
    private static final int WAITING_RESPONSES = 128;

    private static final AtomicLong CLIENTS = new AtomicLong();

    private final Supplier<ClientRuntime> runtimes;

    /** Called by the service loader. */
    public CoreClientFactory() {
        this(ClientRuntime::jvm);
    }

    /** Makes a factory for clients with another runtime, such as a simulation's. */
    public CoreClientFactory(ClientRuntime runtime) {
        this(() -> runtime);
    }

    private CoreClientFactory(Supplier<ClientRuntime> runtimes) {
        this.runtimes = runtimes;
    }

    @Override
    public BayeuxClient create(ClientConfig config) {
        ClientRuntime runtime = runtimes.get();
        InstalledLibraries installed = InstalledLibraries.here();
        Json json = installed.json();
        String name = config.name().orElseGet(() -> Long.toString(CLIENTS.incrementAndGet()));
        List<TransportProvider> providers = installed.transports().choose(config.transports(),
                config.transportNames());
        CredentialsHolder credentials = new CredentialsHolder(runtime, config.credentials().orElse(null));
        Redactor redactor = new Redactor(json);
        ConnectionFactory factory = new ConnectionFactory(config, name, providers, credentials, redactor);
        Payloads payloads = new Payloads(json, config.binding().orElse(null));
        Observer observer = new Observer(runtime, name, config.observation().metrics().orElse(null));
        Events events = new Events(runtime, name, config.listeners(), observer, config.observation().logging(),
                redactor::withoutIds);
        ExtensionChain extensions = new ExtensionChain(runtime, name,
                ExtensionCatalog.make(config.extensionNames(), config.extensions()), config.timeouts().reply(), events,
                json);
        ProtocolCore core = new ProtocolCore(
                ProtocolSettings.of(config, factory.connectionTypes(), credentials.canRenew()),
                new ReplayExtension(json, config.positions().isPresent()), runtime.seed(), runtime.nanoTime());
        ClientLoop loop = new ClientLoop(runtime, core, name);
        ReportedState state = new ReportedState(factory, runtime, events, core.view().session());
        ListenerQueue<ResponseHead> responses = new ListenerQueue<>(runtime, name, "responses", WAITING_RESPONSES,
                config.responseListeners());
        Connections connections = new Connections(
                new ConnectionContext(runtime, config, name, json, extensions, observer, responses), loop, factory,
                credentials);
        Subscribers subscribers = new Subscribers(new SubscriptionContext(runtime, name, loop, events, payloads,
                new HandledPositions(runtime, loop, payloads, events, config.positions().orElse(null)),
                config.handlerExecutor().orElse(null), config.limits().maxReplyMessages()));
        InvalidPositions positions = new InvalidPositions(runtime, name, loop, config.onInvalidPosition());
        loop.perform(new EffectPerformer(new EffectPerformer.Receivers(subscribers,
                new Deliverer(runtime, loop, core.routes(), events), positions, events), connections, extensions,
                state));
        ClientThreads threads = new ClientThreads();
        threads.addProtocol(connections);
        threads.addProtocol(connections.sender());
        threads.add(positions.worker());
        threads.add(events.worker());
        threads.add(responses.worker());
        threads.add(loop::awaitTimer);
        return new CoreClient(new ClientContext(runtime, name, config, loop, state, observer), subscribers, connections,
                threads, payloads, events);
    }
}
