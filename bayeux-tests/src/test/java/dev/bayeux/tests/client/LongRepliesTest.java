package dev.bayeux.tests.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.interop.ChildProcess;
import dev.bayeux.tests.interop.Http;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A reply of 15 MB, whatever it is full of, costs a client a bounded heap: server and client have one of 128 MB together.
 * Calls of the program end meanwhile. Prints what {@link LongReplies} has measured; docs/limits.md has the numbers.
 */
@Timeout(300)
@Tag("transport:jdk")
@Tag("transport:jetty")
class LongRepliesTest {

    private static final int KINDS = 10;

    @ParameterizedTest
    @EnumSource(value = Http.class, names = {"JDK", "JETTY", "JDK_WEBSOCKET", "JETTY_WEBSOCKET"})
    void aReplyAsLongAsTheLimitLetsInStopsNothing(Http http) {
        try (ChildProcess program = new ChildProcess("long-replies",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:+UseSerialGC",
                "-classpath", System.getProperty("java.class.path"), LongReplies.class.getName(), http.name())) {
            for (int n = 0; n < KINDS; n++) {
                String line = program.next();
                System.out.println(line);
                assertTrue(line.endsWith("CONNECTED"), line);
            }
        }
    }
}
