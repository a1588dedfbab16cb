package dev.bayeux.core.session;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.core.exhaustive.ExhaustiveWalk;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every sequence of what may happen to a client, up to a length, breaks no rule, and from every state the client becomes
 * connected. {@code mvn -Pexhaustive} walks further.
 */
class ExhaustiveSessionTest {

    /** How many states are enough for a build, and for each walk of the profile. */
    private static final long STATES = Long.getLong("exhaustive.states", 30_000);

    static Stream<Arguments> clients() {
        SessionSettings plain = TestClient.SETTINGS;
        SessionSettings rich = new SessionSettings(List.of("websocket", "long-polling"), Settings.THREE.subList(0, 2),
                Duration.ofSeconds(10), TestClient.BACKOFF, OnServerDisconnect.RECONNECT, true, true);
        SessionSettings fallingBack = Settings.types("websocket", "long-polling");
        return Stream.of(Arguments.of("one server, one transport", plain, false),
                Arguments.of("one server, two transports", fallingBack, true),
                Arguments.of("two servers, two transports, credentials", rich, true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clients")
    @Tag("C-35")
    void noSequenceBreaksARule(String name, SessionSettings settings, boolean large) {
        ExhaustiveWalk.Result result = new ExhaustiveWalk<>(new WalkedMachine(settings, large)).walk(100, STATES,
                ExhaustiveWalk.share());
        System.out.printf("Exhaustive walk, %s: %s%n", name, result);
        assertNull(result.failure());
        assertTrue(result.depth() >= 4, result::toString);
    }
}
