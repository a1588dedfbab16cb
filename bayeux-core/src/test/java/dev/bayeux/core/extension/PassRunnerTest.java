package dev.bayeux.core.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bayeux.api.extension.BayeuxMessage;
import dev.bayeux.api.extension.Extension;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.runtime.ClientRuntime;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The moments that lie between two calls, one after the other on a single thread. */
class PassRunnerTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final List<String> calls = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Deque<Runnable> beforeLock = new ArrayDeque<>();
    private long nowNs;
    private boolean waited;

    private final ReentrantLock lock = new ReentrantLock() {

        private static final long serialVersionUID = 1;

        @Override
        public void lock() {
            Runnable before = beforeLock.poll();
            if (before != null) {
                before.run();
            }
            super.lock();
        }
    };

    /** Its first wait times out at once; the second ends with the result. */
    private final ClientRuntime runtime = (ClientRuntime) Proxy.newProxyInstance(ClientRuntime.class.getClassLoader(),
            new Class<?>[]{ClientRuntime.class}, (proxy, method, arguments) -> switch (method.getName()) {
                case "nanoTime" -> nowNs;
                case "get" -> firstIsLate();
                default -> throw new UnsupportedOperationException(method.getName());
            });

    private @Nullable Object firstIsLate() throws TimeoutException {
        if (!waited) {
            waited = true;
            throw new TimeoutException();
        }
        return null;
    }

    /** Takes just as long as one call may. */
    private class Slow implements Extension {

        private final String name;

        Slow(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public @Nullable BayeuxMessage incoming(BayeuxMessage message) {
            calls.add(name);
            nowNs += LIMIT.toNanos();
            return message;
        }
    }

    @Test
    void aCallThatReturnsInTimeDoesNotPreventTheNext() {
        Json json = Json.find();
        BayeuxMessage message = Envelope.of(json,
                new MessageReader(json).read("[{\"channel\":\"/a\",\"data\":1}]", "long-polling").messages()
                        .getFirst());
        Pass pass = new Pass(List.of(new InstalledExtension(new Slow("a")), new InstalledExtension(new Slow("b"))),
                List.of(),
                List.of(message), false, (stalled, why) -> failures.add(stalled.name()));
        PassRunner runner = new PassRunner(runtime, lock, LIMIT, pass);
        Runnable nothing = () -> {};
        beforeLock.add(nothing);
        beforeLock.add(nothing);
        // "a" has ended and "b" has not begun.
        beforeLock.add(() -> assertFalse(runner.awaitEnd(false)));

        runner.run();

        assertEquals(List.of("a", "b"), calls);
        assertEquals(List.of(), failures);
        assertEquals(1, pass.outcomes().size());
        assertFalse(runner.abandon());
    }

    @Test
    void anExtensionWhoseCallNeverBeganIsCalledForTheNextMessage() {
        Json json = Json.find();
        List<BayeuxMessage> messages = new ArrayList<>();
        new MessageReader(json)
                .read("[{\"channel\":\"/a\",\"data\":1},{\"channel\":\"/b\",\"data\":2}]", "long-polling")
                .messages().forEach(each -> messages.add(Envelope.of(json, each)));
        InstalledExtension required = new InstalledExtension(new Slow("a") {
            @Override
            public boolean isRequired() {
                return true;
            }
        });
        Pass pass = new Pass(List.of(required), List.of(), messages, false,
                (failed, why) -> failures.add(failed.name()));
        PassRunner late = new PassRunner(runtime, lock, LIMIT, pass);
        nowNs += LIMIT.toNanos();
        assertFalse(late.awaitEnd(false));
        // Its thread starts late, and finds that the pass was abandoned.
        late.run();

        assertEquals(List.of("a"), failures);
        assertEquals(List.of(), calls);
        assertFalse(required.isStalled());
        new PassRunner(runtime, lock, LIMIT, pass).run();
        assertEquals(List.of("a"), calls);
        assertEquals(2, pass.outcomes().size());
    }
}
