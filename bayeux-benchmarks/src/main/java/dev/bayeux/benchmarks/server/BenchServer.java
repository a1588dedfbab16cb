package dev.bayeux.benchmarks.server;

import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cometd.bayeux.Promise;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.server.BayeuxServerImpl;
import org.cometd.server.ext.AcknowledgedMessagesExtension;
import org.cometd.server.http.JSONHttpTransport;
import org.cometd.server.http.jakarta.CometDServlet;
import org.cometd.server.websocket.common.AbstractWebSocketTransport;
import org.cometd.server.websocket.jetty.JettyWebSocketTransport;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Context;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ajax.JSON;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/**
 * A CometD server with its defaults on Jetty, with WebSocket and long-polling. It prints its address when it is up, and
 * ends when its input does.
 */
public final class BenchServer {

    private static final String PATH = "/cometd";

    private final BayeuxServerImpl bayeux = new BayeuxServerImpl();
    private final ServerSettings settings;

    private BenchServer(ServerSettings settings) {
        this.settings = settings;
    }

    /**
     * The process.
     *
     * @param args the settings, as {@link ServerSettings#arguments()} has them
     */
    public static void main(String[] args) throws Exception {
        BenchServer bench = new BenchServer(ServerSettings.parse(args));
        Server server = new Server();
        try {
            bench.start(server);
        } catch (Exception failed) {
            failed.printStackTrace();
            System.exit(1);
        }
        try (ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor()) {
            bench.tick(ticker);
            System.out
                    .println("http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort() + PATH);
            while (System.in.read() >= 0) {
                // What is written there does not matter.
            }
            ticker.shutdownNow();
        }
        server.stop();
        System.exit(0);
    }

    private void start(Server server) throws Exception {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(settings.port());
        connector.setAcceptQueueSize(1_024);
        // Idle clients are silent for as long as a connect is held; none shall be cut off.
        connector.setIdleTimeout(TimeUnit.MINUTES.toMillis(10));
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/", false, false);
        context.setAttribute(BayeuxServer.ATTRIBUTE, bayeux);
        configure();
        context.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarted(LifeCycle event) {
                Services.install(bayeux);
            }
        });
        ServletHolder holder = new ServletHolder("cometd", new CometDServlet());
        holder.setAsyncSupported(true);
        holder.setInitOrder(1);
        context.addServlet(holder, PATH + "/*");
        context.insertHandler(WebSocketUpgradeHandler.from(server, context));
        bayeux.setOption(Context.class.getName(), context.getContext());
        server.setHandler(context);
        server.setStopTimeout(0);
        server.start();
    }

    private void configure() {
        bayeux.setTransports(new JettyWebSocketTransport(bayeux), new JSONHttpTransport(bayeux));
        bayeux.setAllowedTransports("websocket", "long-polling");
        bayeux.setOption(AbstractWebSocketTransport.COMETD_URL_MAPPING_OPTION, PATH);
        bayeux.setOption("timeout", TimeUnit.SECONDS.toMillis(30));
        bayeux.setOption("maxInterval", TimeUnit.SECONDS.toMillis(30));
        // One message a frame is the default; here as many as a reply of long-polling has.
        bayeux.setOption("ws.messagesPerFrame", settings.messagesPerFrame());
        if (settings.acknowledge()) {
            bayeux.addExtension(new AcknowledgedMessagesExtension());
        }
    }

    /** Publishes so many messages a second on {@code /ticks}, each with the next number. */
    private void tick(ScheduledExecutorService ticker) {
        if (settings.ticksPerSecond() == 0) {
            return;
        }
        int aTime = Math.max(1, settings.ticksPerSecond() / 10);
        String filling = "x".repeat(settings.tickLength());
        long[] number = {settings.firstTick()};
        long period = TimeUnit.SECONDS.toNanos(aTime) / settings.ticksPerSecond();
        ticker.scheduleAtFixedRate(() -> {
            for (int n = 0; n < aTime; n++) {
                publish(Map.of("n", number[0]++, "text", filling));
            }
        }, 0, period, TimeUnit.NANOSECONDS);
    }

    private void publish(Map<String, Object> data) {
        bayeux.createChannelIfAbsent("/ticks").getReference().publish(null, new JSON.Literal(new JSON().toJSON(data)),
                Promise.noop());
    }
}
