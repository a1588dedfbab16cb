package dev.bayeux.tests.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.http.ProxyLogin;
import dev.bayeux.tests.interop.Http;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ScriptedServer;
import dev.bayeux.tests.server.TestProxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the JDK reads once in a JVM, so that it takes another one: that it logs in for tunnels if it may. */
@Tag("transport:jdk-websocket")
class JdkTunnelLoginTest {

    @Test
    void theJdkLogsInForTunnelsIfItIsStartedSo() throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                TestProxy proxy = TestProxy.start().routeAllTo(server.uri()).requireLogin("me", "s3cret")) {
            server.answerWith(request -> Answer.json("[\"got it\"]"));
            Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Djdk.http.auth.tunneling.disabledSchemes=", "-cp", System.getProperty("java.class.path"),
                    Program.class.getName(), Integer.toString(proxy.port())).redirectErrorStream(true).start();
            String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(other.waitFor(Way.LIMIT.toSeconds(), TimeUnit.SECONDS));
            assertEquals("[\"got it\"]", said.strip());
            assertEquals(List.of("CONNECT bayeux.invalid:80"), proxy.requests());
            assertEquals("", server.sockets().takeUpgrade(Way.LIMIT).header("Proxy-Authorization"));
        }
    }

    /** Runs in the other JVM. */
    static final class Program {

        public static void main(String[] args) throws Exception {
            HttpSettings settings = HttpSettings.DEFAULT.withProxy("127.0.0.1", Integer.parseInt(args[0]))
                    .withProxyLogin(ProxyLogin.of("me", "s3cret"));
            try (Way way = new Way(Http.JDK_WEBSOCKET, URI.create("http://bayeux.invalid/cometd"), settings)) {
                System.out.println(way.exchange("[1]"));
            }
        }
    }
}
