package dev.bayeux.cli.probe;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.cli.console.Connecting;
import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.Explanation;
import dev.bayeux.cli.console.Progress;
import dev.bayeux.cli.ping.Pinger;
import dev.bayeux.cli.ping.RoundTrip;
import dev.bayeux.transport.jdk.JdkLongPollingProvider;
import dev.bayeux.transport.jdk.JdkWebSocketProvider;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Inspects a server: connects over long-polling, sends a message to itself on an unused channel, disconnects, and tries
 * WebSocket.
 */
public final class Probe {

    private static final String CHANNEL = "/bayeux-probe/";

    private final URI uri;
    private final Function<UnaryOperator<X509ExtendedTrustManager>, ClientBuilder> builders;
    private final Connecting connecting;
    private final Duration limit;
    private final Duration expiresWithin;
    private final ServerCertificate certificate = new ServerCertificate();
    private final RecordingProvider carrier = new RecordingProvider(new JdkLongPollingProvider());
    private final ResponseHeaders headers = new ResponseHeaders();
    private final Oddities oddities = new Oddities();
    private final ProbeReport report;

    /**
     * Prepares an inspection.
     *
     * @param uri the address of the server
     * @param server the address of the server, without secrets
     * @param builders makes builders with the user's options and a wrapper of the trust manager
     * @param connecting connects the clients
     * @param limit the limit for each answer of the server
     * @param expiresWithin a certificate that expires within this time is odd
     */
    public Probe(URI uri, String server, Function<UnaryOperator<X509ExtendedTrustManager>, ClientBuilder> builders,
            Connecting connecting, Duration limit, Duration expiresWithin) {
        this.uri = uri;
        this.builders = builders;
        this.connecting = connecting;
        this.limit = limit;
        this.expiresWithin = expiresWithin;
        this.report = new ProbeReport(server);
    }

    /**
     * Inspects the server.
     *
     * @param console shows each step, if the user wants that
     * @param progress shows the current step
     * @return the findings
     * @throws InterruptedException if the thread is interrupted
     * @throws BayeuxException if the server cannot be reached, or refuses
     */
    public ProbeReport run(Console console, Progress progress) throws InterruptedException {
        longPolling(console, progress);
        certificate.expiry().ifPresent(end -> {
            report.certificate(end);
            oddities.certificate(end, Instant.now(), expiresWithin);
        });
        boolean offersWebSocket = read();
        progress.show("trying WebSocket");
        webSocket(offersWebSocket);
        report.finish(headers, oddities.found());
        return report;
    }

    private void longPolling(Console console, Progress progress) throws InterruptedException {
        ClientBuilder builder = builders.apply(certificate::watch).transports(carrier).cookies(headers)
                .addExtension("timesync").replay(PositionStore.inMemory());
        try (BayeuxClient client = connecting.connect(console, builder, event -> {}, progress)) {
            progress.show("sending a message to itself");
            roundTrip(client);
            long start = System.nanoTime();
            client.disconnect();
            report.time("disconnect", Duration.ofNanos(System.nanoTime() - start));
        } catch (BayeuxException failed) {
            // A server that accepts a handshake and gives no session is still reported.
            if (Findings.first(carrier.exchanges(), "/meta/handshake")
                    .filter(handshake -> JsonValue.TRUE.equals(handshake.reply().get("successful"))).isEmpty()) {
                throw failed;
            }
            oddities.add("no session over long-polling: " + Explanation.of(failed));
        }
    }

    private void roundTrip(BayeuxClient client) throws InterruptedException {
        String channel = CHANNEL + UUID.randomUUID().toString().substring(0, 8);
        long start = System.nanoTime();
        Pinger pinger;
        try {
            pinger = new Pinger(client, channel, limit);
        } catch (BayeuxException refused) {
            report.refused("subscribe", Explanation.of(refused));
            return;
        }
        report.time("subscribe", Duration.ofNanos(System.nanoTime() - start));
        try {
            RoundTrip trip = pinger.ping();
            report.time("publish", trip.reply());
            trip.delivery().ifPresentOrElse(time -> report.time("delivery", time),
                    () -> oddities.add("a message that the client published did not come back to it"));
        } catch (BayeuxException refused) {
            report.refused("publish", Explanation.of(refused));
        }
    }

    /** Evaluates the first replies; returns whether the server offers WebSocket. */
    private boolean read() {
        Findings.first(carrier.exchanges(), "/meta/handshake").ifPresent(handshake -> {
            report.handshake(handshake.reply());
            report.time("handshake", handshake.exchange().time());
            oddities.handshake(handshake.reply());
            if (Findings.isBare(handshake.exchange().reply())) {
                oddities.add("the reply is one object, not an array");
            }
        });
        Findings.first(carrier.exchanges(), "/meta/connect").ifPresent(connect -> {
            boolean noWait = connect.request().get("advice") instanceof JsonObject advice
                    && advice.get("timeout") instanceof JsonNumber timeout && timeout.intValue() == 0;
            report.connect(connect.reply());
            report.time("connect", connect.exchange().time());
            oddities.connect(connect.reply(), connect.exchange().time(), noWait);
        });
        oddities.http(uri, headers);
        return report.offers("websocket");
    }

    private void webSocket(boolean offered) throws InterruptedException {
        long start = System.nanoTime();
        try (BayeuxClient client = builders.apply(certificate::watch).transports(new JdkWebSocketProvider())
                .connectCallTimeout(limit)
                .backoff(Backoff.DEFAULT.withMaxAttempts(1)).onEvent(event -> {}).build()) {
            client.connect();
            report.webSocket(true, "");
            report.time("webSocketConnect", Duration.ofNanos(System.nanoTime() - start));
            if (!offered) {
                oddities.add("WebSocket works though it is not among the connection types");
            }
        } catch (BayeuxException failed) {
            report.webSocket(false, Explanation.of(failed));
            if (offered) {
                oddities.add("WebSocket is among the connection types and does not work");
            }
        }
    }
}
