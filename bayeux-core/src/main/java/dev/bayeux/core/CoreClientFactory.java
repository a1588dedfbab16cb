package dev.bayeux.core;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.ClientFactory;
import dev.bayeux.api.Dialect;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.core.delivery.Events;
import dev.bayeux.core.delivery.Payloads;
import dev.bayeux.core.extension.ExtensionCatalog;
import dev.bayeux.core.extension.ExtensionChain;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.observe.Observer;
import dev.bayeux.core.runtime.ClientRuntime;
import dev.bayeux.core.session.SessionMachine;
import dev.bayeux.core.session.SessionSettings;
import dev.bayeux.core.transport.CredentialsHolder;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Puts a client together: the one place where its parts are chosen. */
public final class CoreClientFactory implements ClientFactory {

    private static final AtomicLong CLIENTS = new AtomicLong();

    private final ClientRuntime base;

    /** For the service loader. */
    public CoreClientFactory() {
        this(ClientRuntime.jvm());
    }

    /**
     * For clients that live elsewhere than in the time and on the threads of the JVM.
     *
     * @param runtime theirs
     */
    public CoreClientFactory(ClientRuntime runtime) {
        this.base = runtime;
    }

    @Override
    public BayeuxClient create(ClientConfig config) {
        ClientRuntime runtime = base.withHandlerExecutor(config.handlerExecutor());
        Installed installed = Installed.here();
        Json json = installed.json();
        String name = config.name().isEmpty() ? Long.toString(CLIENTS.incrementAndGet()) : config.name();
        List<TransportProvider> providers = installed.transports().choose(config.transports(),
                config.transportNames());
        CredentialsHolder credentials = new CredentialsHolder(runtime, config.credentials());
        LinkFactory links = new LinkFactory(config, name, providers, credentials, json);
        SessionMachine machine = new SessionMachine(new SessionSettings(links.connectionTypes(),
                config.endpoints(), config.timeouts().reply(), config.backoff(), config.onServerDisconnect(),
                config.onAuthenticationFailure(), config.longestServerWait(), credentials.canRenew(),
                config.acknowledge(), config.dialect() == Dialect.DRAFT_1));
        Events events = new Events(runtime, name, config.listeners(),
                new Observer(runtime, name, config.observation().metrics()), config.observation().logging());
        Payloads payloads = new Payloads(json, config.jsonb());
        ExtensionChain extensions = new ExtensionChain(runtime, name,
                ExtensionCatalog.make(config.extensionNames(), config.extensions()), config.timeouts().reply(), events,
                json);
        Session session = new Session(runtime, config, name, machine, credentials, links, json, payloads, events,
                extensions);
        return new CoreClient(config, session, payloads, events);
    }
}
