package dev.bayeux.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.extension.BayeuxMessage;
import dev.bayeux.api.extension.Extension;
import dev.bayeux.api.extension.Timesync;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.http.ProxyLogin;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.bayeux.ReceivedMessage;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.contract.ClientContract;
import dev.bayeux.tests.contract.ExtensionContract;
import dev.bayeux.tests.contract.FullDuplexContract;
import dev.bayeux.tests.contract.SampleMessage;
import dev.bayeux.tests.contract.TransportContract;
import dev.bayeux.tests.contract.WebSocketContract;
import dev.bayeux.tests.junit.BayeuxServer;
import dev.bayeux.tests.junit.BayeuxTestServer;
import dev.bayeux.tests.junit.ServerFaults;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Framing;
import dev.bayeux.tests.server.ReceivedRequest;
import dev.bayeux.tests.server.ScriptedPeer;
import dev.bayeux.tests.server.ScriptedServer;
import dev.bayeux.tests.server.StreamServer;
import dev.bayeux.tests.server.TestCertificate;
import dev.bayeux.tests.server.TestProxy;
import dev.bayeux.transport.jdk.JdkLongPollingProvider;
import dev.bayeux.transport.jdk.JdkWebSocketProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the Javadoc of the test kit shows. Javadoc cuts the regions out of this file. */
abstract class KitSnippets {

    abstract void use(URI uri);

    abstract void use(HttpSettings settings);

    /** Stands for the provider of a carrier. */
    private static final class MyCarrierProvider implements TransportProvider {
        @Override
        public String name() {
            return "my-carrier";
        }

        @Override
        public String connectionType() {
            return "mine";
        }

        @Override
        public Transport open(TransportContext context) {
            throw new UnsupportedOperationException("a sample");
        }
    }

    /** Stands for a carrier whose messages end with a line. */
    private static final class MyFraming implements Framing {
        @Override
        public byte @Nullable [] read(InputStream in) throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    return line.toByteArray();
                }
                line.write(next);
            }
            return null;
        }

        @Override
        public byte[] frame(byte[] message) {
            byte[] line = Arrays.copyOf(message, message.length + 1);
            line[message.length] = '\n';
            return line;
        }
    }

    // @start region="nothingLeft"
    @ExtendWith(NothingLeft.class)
    static class ClientTest {
    }
    // @end

    // @start region="bayeuxServer"
    @BayeuxServer
    static class PriceWatchTest {
        @Test
        void pricesArriveAfterARestart(BayeuxTestServer server, ServerFaults faults) throws InterruptedException {
            try (BayeuxClient client = BayeuxClient.connect(server.uri());
                    var prices = client.subscribe("/prices/*")) {
                faults.restart();
                server.push("/prices/EU", 3);
                assertEquals("3", prices.take().text());
            }
        }
    }
    // @end

    // @start region="transportContract"
    static class MyTransportTest extends TransportContract {
        @Override
        protected TransportProvider transportProvider() {
            return new JdkLongPollingProvider();
        }
    }
    // @end

    // @start region="webSocketContract"
    static class MySocketTest extends WebSocketContract {
        @Override
        protected TransportProvider transportProvider() {
            return new JdkWebSocketProvider();
        }
    }
    // @end

    // @start region="fullDuplexContract"
    static class MyCarrierTest extends FullDuplexContract {
        @Override
        protected TransportProvider transportProvider() {
            return new MyCarrierProvider();
        }

        @Override
        protected ScriptedPeer newPeer() {
            return StreamServer.start(new MyFraming());
        }
    }
    // @end

    // @start region="clientContract"
    static class MyClientTest extends ClientContract {
        @Override
        protected TransportProvider transportProvider() {
            return new JdkLongPollingProvider();
        }
    }
    // @end

    // @start region="extensionContract"
    static class MyExtensionTest extends ExtensionContract {
        @Override
        protected Extension newExtension() {
            return new Quota();
        }

        @Override
        protected List<SampleMessage> serverMessages() {
            return List.of(SampleMessage.incoming("""
                    {"channel":"/meta/connect","id":"3","successful":true,"ext":{"quota":7}}"""));
        }
    }
    // @end

    void streamServer() throws InterruptedException {
        // @start region="streamServer"
        try (StreamServer server = StreamServer.start(new MyFraming())) {
            server.answer(Answer.json("[1]"), Answer.drop());
            use(server.uri());
            assertEquals("[]", server.takeRequest(Duration.ofSeconds(5)).text());
        }
        // @end
    }

    void sample() {
        // @start region="sampleMessage"
        BayeuxMessage sent = new Timesync().outgoing(SampleMessage.outgoing("""
                {"channel":"/meta/connect","id":"2","clientId":"c1","connectionType":"long-polling"}"""));
        assertTrue(sent.ext().containsKey("timesync"));
        // @end
    }

    void http() throws InterruptedException {
        // @start region="scriptedServer"
        try (ScriptedServer server = ScriptedServer.start()) {
            server.answer(Answer.status(503).header("Retry-After", "2"), Answer.json("[]"));
            use(server.uri());
            ReceivedRequest first = server.takeRequest(Duration.ofSeconds(5));
        }
        // @end
    }

    void proxy() {
        // @start region="testProxy"
        try (TestProxy proxy = TestProxy.start().requireLogin("me", "secret")) {
            use(HttpSettings.DEFAULT.withProxy(proxy.host(), proxy.port())
                    .withProxyLogin(ProxyLogin.of("me", "secret")));
            assertEquals(List.of("CONNECT example.com:443"), proxy.requests());
        }
        // @end
    }

    void certificate() {
        // @start region="testCertificate"
        TestCertificate certificate = TestCertificate.localhost();
        try (ScriptedServer server = ScriptedServer.start(certificate.context())) {
            use(HttpSettings.DEFAULT.withTls(TestCertificate.trusting(certificate)));
            use(server.uri());
        }
        // @end
    }

    void bayeux() throws InterruptedException {
        // @start region="scriptedBayeux"
        try (ScriptedBayeux server = ScriptedBayeux.start();
                BayeuxClient client = BayeuxClient.builder(server.uri()).build()) {
            server.next("/meta/connect").amend("""
                    {"successful":false,"advice":{"reconnect":"handshake"}}""");
            client.connect();
            server.publish("/prices/EU", "{\"p\":3}");
            ReceivedMessage connect = server.takeMessage("/meta/connect", Duration.ofSeconds(5));
        }
        // @end
    }
}
