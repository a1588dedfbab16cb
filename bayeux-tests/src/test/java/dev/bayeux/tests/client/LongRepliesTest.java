package dev.bayeux.tests.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.client.LongReplies.Kind;
import dev.bayeux.tests.interop.ChildProcess;
import dev.bayeux.tests.interop.Http;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A reply of 15 MB, whatever it is full of, costs a client a bounded heap: server and client have one of 128 MB together.
 * Calls of the program end meanwhile. What a reply is full of concerns the engine, so all kinds run over one transport. The
 * others, which keep bytes or characters until a reply is complete, run with one long message, many messages, and the kind
 * that needs most heap; {@code -Dlong.replies=all} runs all kinds over each. Prints what {@link LongReplies} has measured;
 * docs/limits.md has the numbers.
 */
@Timeout(600)
@Tag("transport:jdk")
@Tag("transport:jetty")
class LongRepliesTest {

    private static final boolean ALL = "all".equals(System.getProperty("long.replies"));

    private static Kind[] kinds(Http http) {
        return http == Http.JDK || ALL
                ? Kind.values()
                : new Kind[]{Kind.ONE_TEXT, Kind.DELIVERIES, Kind.NO_JSON};
    }

    @ParameterizedTest
    @EnumSource(value = Http.class, names = {"JDK", "JETTY", "JDK_WEBSOCKET", "JETTY_WEBSOCKET"})
    void aReplyAsLongAsTheLimitLetsInStopsNothing(Http http) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
                        "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=" + (ALL ? 4 : 1), "-classpath",
                        System.getProperty("java.class.path"), LongReplies.class.getName(), http.name()));
        Kind[] kinds = kinds(http);
        Stream.of(kinds).map(Kind::name).forEach(command::add);
        try (ChildProcess program = new ChildProcess("long-replies", command.toArray(String[]::new))) {
            for (Kind kind : kinds) {
                String line = program.next();
                System.out.println(line);
                assertTrue(line.contains(kind.name()) && line.endsWith("CONNECTED"), line);
            }
        }
    }
}
