package dev.bayeux.tests.interop;

import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.tests.server.ClosedPort;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.cometd.bayeux.Promise;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.ServerSession;
import org.cometd.server.BayeuxServerImpl;
import org.cometd.server.ServerSessionImpl;
import org.cometd.server.http.JSONHttpTransport;
import org.cometd.server.http.JSONPHttpTransport;
import org.cometd.server.http.jakarta.CometDServlet;
import org.cometd.server.websocket.common.AbstractWebSocketTransport;
import org.cometd.server.websocket.jetty.JettyWebSocketTransport;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Context;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.ajax.JSON;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.jspecify.annotations.Nullable;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/**
 * A real CometD server within the JVM of the tests, with WebSocket and long-polling. Set it up before {@link #start()}; it keeps its
 * port over {@link #restart()}. What it holds is short, so that tests are quick. Its threads are named
 * {@code test-server-…}.
 *
 * <p>{@code /service/echo} delivers what it is sent back on the same channel.
 */
public final class CometdTestServer implements RealServer, AutoCloseable {

    private static final String PATH = "/cometd";

    private final CometdAccess access = new CometdAccess();
    private Duration timeout = Duration.ofMillis(2000);
    private Duration interval = Duration.ZERO;
    private Duration maxInterval = Duration.ofMillis(5000);
    private final List<Supplier<BayeuxServer.Extension>> extensions = new ArrayList<>();
    private @Nullable CometdReplay replay;
    private @Nullable Path files;
    private CometdNetwork network = CometdNetwork.PLAIN;
    private int port;
    /** Keeps the port, also while this server does not listen. */
    private @Nullable ClosedPort reserved;
    private CometdWatch watch = new CometdWatch();
    private BayeuxServerImpl bayeux = new BayeuxServerImpl();
    private Server server = new Server();

    /** How long a connect is held; 2 s by default. */
    public CometdTestServer timeout(Duration value) {
        timeout = value;
        return this;
    }

    /** The advised pause before the next connect; none by default. */
    public CometdTestServer interval(Duration value) {
        interval = value;
        return this;
    }

    /** How long a session lives without a connect after the interval; 5 s by default. */
    public CometdTestServer maxInterval(Duration value) {
        maxInterval = value;
        return this;
    }

    /** Keeps and numbers events on these channels, and replays them to clients that ask for it. */
    public CometdTestServer replay(CometdReplay value) {
        replay = value;
        return this;
    }

    /** Handshakes must carry this in {@code ext.auth.token}; an empty text: any handshake will do. At any time. */
    public CometdTestServer requireToken(String token) {
        access.handshakeToken(token);
        return this;
    }

    /** Requests must carry {@code Authorization: Bearer token}, else their status is 401. At any time. */
    public CometdTestServer requireAuthorization(String token) {
        access.bearerToken(token);
        return this;
    }

    /** Subscriptions to this channel and to those below it are refused, besides those below {@code /denied/}. */
    public CometdTestServer denySubscribe(String channel) {
        access.deny(channel);
        return this;
    }

    @Override
    public void deny(String channel) {
        denySubscribe(channel);
    }

    /** Has one of CometD's extensions, or one of the test's, with each start. */
    public CometdTestServer extension(Supplier<BayeuxServer.Extension> extension) {
        extensions.add(extension);
        return this;
    }

    /** Serves the files of this folder too, beside Bayeux; none by default. */
    public CometdTestServer files(Path folder) {
        files = folder;
        return this;
    }

    /** What it speaks: HTTP/1.1 without TLS by default. */
    public CometdTestServer network(CometdNetwork value) {
        network = value;
        return this;
    }

    /** How clients are set for that. */
    @Override
    public HttpSettings http() {
        return network.settings();
    }

    /** How many connections are open. */
    public int connectionCount() {
        return server.getConnectors()[0].getConnectedEndPoints().size();
    }

    /** Starts; at a free port the first time, at the same one later. */
    public CometdTestServer start() {
        QueuedThreadPool threads = new QueuedThreadPool(50, 4);
        threads.setName("test-server-cometd");
        server = new Server(threads, new ScheduledExecutorScheduler("test-server-cometd-timer", true), null);
        ServerConnector connector = new ServerConnector(server, null, null, null, 1, 1,
                network.protocols());
        connector.setHost("127.0.0.1");
        if (reserved == null && ClosedPort.allowsListening()) {
            reserved = ClosedPort.reserve();
            port = reserved.number();
        }
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(files(access.gate(context())));
        server.setStopTimeout(0);
        run(server::start);
        port = connector.getLocalPort();
        return this;
    }

    /** Stops; connections are closed and refused, all sessions are forgotten. */
    public void stop() {
        run(server::stop);
    }

    private void freePort() {
        if (reserved != null) {
            reserved.close();
            reserved = null;
        }
    }

    /** Stops and starts again at the same port; no session survives. */
    @Override
    public void restart() {
        stop();
        start();
    }

    @Override
    public void close() {
        stop();
        freePort();
    }

    /** Where clients find it, while it runs. */
    @Override
    public URI uri() {
        return URI.create("%s://127.0.0.1:%d%s".formatted(network.isSecure() ? "https" : "http", port, PATH));
    }

    /** How many sessions there are. */
    @Override
    public int sessionCount() {
        return sessions().size();
    }

    /** Waits until there are so many sessions. */
    public void awaitSessions(int count, Duration limit) throws InterruptedException {
        watch.awaitSessions(count, limit);
    }

    /** Waits until so many connects are held. */
    public void awaitHeldConnects(int count, Duration limit) throws InterruptedException {
        watch.awaitHeldConnects(count, limit);
    }

    /** Forgets all sessions: answers held connects, and advises a handshake in reply to the next requests. */
    @Override
    public void expireAllSessions() {
        for (ServerSession session : sessions()) {
            bayeux.removeServerSession(session, true);
            ((ServerSessionImpl) session).flush();
        }
    }

    /** Ends all sessions from the side of the server, with a {@code /meta/disconnect}. */
    public void disconnectAll() {
        sessions().forEach(ServerSession::disconnect);
    }

    /** Publishes to all subscribers. */
    @Override
    public void publish(String channel, String json) {
        bayeux.createChannelIfAbsent(channel).getReference().publish(null, new JSON().fromJSON(json), Promise.noop());
    }

    private List<ServerSession> sessions() {
        return bayeux.getSessions().stream().filter(session -> !session.isLocalSession()).toList();
    }

    private Handler files(Handler next) {
        if (files == null) {
            return next;
        }
        ResourceHandler handler = new ResourceHandler(next);
        handler.setBaseResource(ResourceFactory.of(handler).newResource(files));
        handler.setDirAllowed(false);
        return handler;
    }

    private ServletContextHandler context() {
        bayeux = new BayeuxServerImpl();
        watch = new CometdWatch();
        bayeux.addListener(watch);
        if (replay != null) {
            replay.install(bayeux);
            // Else what comes with other replies may overtake what comes with the connect.
            bayeux.setOption("metaConnectDeliverOnly", "true");
        }
        bayeux.setOption("timeout", timeout.toMillis());
        bayeux.setOption("interval", interval.toMillis());
        bayeux.setOption("maxInterval", maxInterval.toMillis());
        bayeux.setSweepPeriod(100);
        bayeux.setScheduler(new ScheduledExecutorScheduler("test-server-cometd-sweeper", true));
        QueuedThreadPool threads = new QueuedThreadPool(20, 1);
        threads.setName("test-server-cometd-bayeux");
        bayeux.setExecutor(threads);
        bayeux.setTransports(new JettyWebSocketTransport(bayeux), new JSONHttpTransport(bayeux),
                new JSONPHttpTransport(bayeux));
        bayeux.setAllowedTransports("websocket", "long-polling", "callback-polling");
        bayeux.setOption("ws.maxMessageSize", 1 << 20);
        bayeux.setOption(AbstractWebSocketTransport.COMETD_URL_MAPPING_OPTION, PATH);
        bayeux.setSecurityPolicy(access);
        extensions.forEach(extension -> bayeux.addExtension(extension.get()));
        ServletContextHandler context = new ServletContextHandler("/", false, false);
        context.setAttribute(BayeuxServer.ATTRIBUTE, bayeux);
        context.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarted(LifeCycle event) {
                CometdEcho.install(bayeux);
            }
        });
        ServletHolder holder = new ServletHolder("cometd", new CometDServlet());
        holder.setAsyncSupported(true);
        holder.setInitOrder(1);
        context.addServlet(holder, PATH + "/*");
        context.insertHandler(WebSocketUpgradeHandler.from(server, context));
        bayeux.setOption(Context.class.getName(), context.getContext());
        return context;
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void run(Step step) {
        try {
            step.run();
        } catch (Exception failed) {
            throw new IllegalStateException("The CometD server of the test did not start or stop.", failed);
        }
    }
}
