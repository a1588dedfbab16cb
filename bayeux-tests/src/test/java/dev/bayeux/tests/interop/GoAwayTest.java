package dev.bayeux.tests.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.transport.jdk.JdkLongPollingProvider;
import dev.bayeux.transport.jetty.JettyLongPollingProvider;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * HTTP/2 servers say of some requests that they have not processed them, as nginx does with GOAWAY every thousand requests:
 * these are sent once more, over another connection, and nothing is processed twice.
 */
@Tag("C-56")
class GoAwayTest {

    private static final int REQUESTS = 4;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Server server = new Server();
    private final Map<String, AtomicInteger> processed = new ConcurrentHashMap<>();
    private final Map<Integer, Runnable> waiting = new TreeMap<>();
    private int arrived;

    /** How a server refuses streams that it has not processed. */
    enum Refusal {

        GOAWAY, REFUSED_STREAM
    }

    @AfterEach
    void stop() {
        LifeCycle.stop(server);
    }

    /** Processes the first request, refuses the others of the first ones, and processes all that come later. */
    private URI start(CometdNetwork network, Refusal refusal) throws Exception {
        return start(network, new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                String body = Content.Source.asString(request, StandardCharsets.UTF_8);
                Runnable process = () -> {
                    processed.computeIfAbsent(body, first -> new AtomicInteger()).incrementAndGet();
                    response.getHeaders().put("Content-Type", "application/json");
                    Content.Sink.write(response, true, "[]", callback);
                };
                boolean now;
                synchronized (waiting) {
                    arrived++;
                    now = arrived == 1 || arrived > REQUESTS;
                    if (!now) {
                        waiting.put(Integer.parseInt(request.getId()), process);
                    }
                    if (arrived == REQUESTS) {
                        refuse(((HTTP2Connection) request.getConnectionMetaData().getConnection()).getSession(),
                                refusal);
                    }
                }
                if (now) {
                    process.run();
                }
                return true;
            }
        });
    }

    private URI start(CometdNetwork network, Handler handler) throws Exception {
        ServerConnector connector = new ServerConnector(server, network.protocols());
        connector.setHost("localhost");
        server.addConnector(connector);
        server.setHandler(handler);
        server.start();
        return URI.create("%s://localhost:%d/".formatted(network.isSecure() ? "https" : "http",
                connector.getLocalPort()));
    }

    /** GOAWAY lets the first stream end. */
    private void refuse(HTTP2Session session, Refusal refusal) {
        int first = waiting.keySet().iterator().next();
        if (refusal == Refusal.GOAWAY) {
            session.goAway(new GoAwayFrame(first, ErrorCode.NO_ERROR.code, null), Callback.NOOP);
            waiting.get(first).run();
        } else {
            waiting.keySet().forEach(stream -> session.getStream(stream)
                    .reset(new ResetFrame(stream, ErrorCode.REFUSED_STREAM_ERROR.code), Callback.NOOP));
        }
    }

    private static TransportProvider provider(String stack) {
        return stack.equals("jdk") ? new JdkLongPollingProvider() : new JettyLongPollingProvider();
    }

    @ParameterizedTest
    @CsvSource({"jetty,HTTP2,GOAWAY", "jetty,HTTP2_PLAIN,GOAWAY", "jetty,HTTP2,REFUSED_STREAM",
            "jetty,HTTP2_PLAIN,REFUSED_STREAM", "jdk,HTTP2,GOAWAY", "jdk,HTTP2,REFUSED_STREAM"})
    void unprocessedRequestsAreSentOnceMore(String stack, CometdNetwork network, Refusal refusal) throws Exception {
        URI uri = start(network, refusal);
        try (RequestResponseTransport transport = (RequestResponseTransport) provider(stack)
                .open(TransportContext.to(uri).withHttp(network.settings()));
                ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int n = 0; n < REQUESTS; n++) {
                String text = "[%d]".formatted(n);
                answers.add(senders.submit(() -> transport.exchange(new Batch(text, LIMIT))));
                if (n == 0) {
                    // There is one connection then, which the others share.
                    answers.getFirst().get();
                }
            }
            for (Future<String> answer : answers) {
                assertEquals("[]", answer.get());
            }
            for (int n = 0; n < REQUESTS; n++) {
                assertEquals(1, processed.getOrDefault("[%d]".formatted(n), new AtomicInteger()).get(),
                        () -> String.valueOf(answers));
            }
        }
    }

    /** The response to the only request of a connection comes after GOAWAY, and with it the connection ends. */
    @ParameterizedTest
    @CsvSource({"jetty,HTTP2", "jetty,HTTP2_PLAIN", "jdk,HTTP2"})
    void theResponseThatEndsAConnectionCounts(String stack, CometdNetwork network) throws Exception {
        URI uri = start(network, new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                Content.Source.consumeAll(request);
                int stream = Integer.parseInt(request.getId());
                ((HTTP2Connection) request.getConnectionMetaData().getConnection()).getSession()
                        .goAway(new GoAwayFrame(stream, ErrorCode.NO_ERROR.code, null), Callback.NOOP);
                response.getHeaders().put("Content-Type", "application/json");
                Content.Sink.write(response, true, "[]", callback);
                return true;
            }
        });
        try (RequestResponseTransport transport = (RequestResponseTransport) provider(stack)
                .open(TransportContext.to(uri).withHttp(network.settings()))) {
            for (int n = 0; n < 20; n++) {
                assertEquals("[]", transport.exchange(new Batch("[]", LIMIT)));
            }
        }
    }
}
