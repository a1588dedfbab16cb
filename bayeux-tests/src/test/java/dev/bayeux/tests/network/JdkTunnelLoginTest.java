package dev.bayeux.tests.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.http.ProxyLogin;
import dev.bayeux.tests.interop.ChildProcess;
import dev.bayeux.tests.interop.Http;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ScriptedServer;
import dev.bayeux.tests.server.TestCertificate;
import dev.bayeux.tests.server.TestProxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the JDK reads once in a JVM, so that it takes another one: that it logs in for tunnels if it may. */
@Tag("transport:jdk")
@Tag("transport:jdk-websocket")
class JdkTunnelLoginTest {

    @ParameterizedTest
    @EnumSource(names = {"JDK", "JDK_WEBSOCKET"})
    void theJdkLogsInForTunnelsIfItIsStartedSoAndTheServerDoesNotSeeIt(Http http) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(TestCertificate.localhost().context());
                TestProxy proxy = TestProxy.start().routeAllTo(server.uri()).requireLogin("me", "s3cret")) {
            server.answerWith(request -> Answer.json("[\"got it\"]"));
            try (ChildProcess other = new ChildProcess("tunnel-login",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Djdk.http.auth.tunneling.disabledSchemes=", "-cp", System.getProperty("java.class.path"),
                    Program.class.getName(), http.name(), Integer.toString(proxy.port()))) {
                assertEquals("[\"got it\"]", other.next());
            }
            assertEquals(List.of("CONNECT bayeux.invalid:443"), proxy.requests());
            assertEquals("", (http.fullDuplex()
                    ? server.sockets().takeUpgrade(Way.LIMIT)
                    : server.takeRequest(Way.LIMIT)).header("Proxy-Authorization"));
        }
    }

    /** Runs in the other JVM. */
    static final class Program {

        public static void main(String[] args) throws Exception {
            // That JVM does not know the certificate, and the name is none of its names.
            HttpSettings settings = HttpSettings.DEFAULT.withProxy("127.0.0.1", Integer.parseInt(args[1]))
                    .withProxyLogin(ProxyLogin.of("me", "s3cret")).withInsecureTls();
            try (Way way = new Way(Http.valueOf(args[0]), URI.create("https://bayeux.invalid/cometd"), settings)) {
                System.out.println(way.exchange("[1]"));
            }
        }
    }
}
