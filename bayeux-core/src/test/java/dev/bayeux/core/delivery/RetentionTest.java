package dev.bayeux.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.bayeux.api.Message;
import dev.bayeux.api.Overflow;
import dev.bayeux.core.runtime.ClientRuntime;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a program keeps must not keep more than it says. */
@Timeout(60)
class RetentionTest {

    private static final int COLLECTIONS = 20;

    private static void assertCollected(WeakReference<?> reference) {
        for (int n = 0; n < COLLECTIONS && reference.get() != null; n++) {
            System.gc();
        }
        assertNull(reference.get());
    }

    private record Kept(Message<?> message, WeakReference<?> client) {}

    private static Kept takeFromAClientThatIsForgotten(boolean bound) throws InterruptedException {
        SubscriptionsFixture server = new SubscriptionsFixture();
        Message<?> message;
        if (bound) {
            var subscription = server.<String>pull(Overflow.DROP_OLDEST, String.class, "/a").subscription();
            server.deliver("/a", "\"x\"");
            message = subscription.take();
        } else {
            var subscription = server.active("/a");
            server.deliver("/a", "\"x\"");
            message = subscription.take();
        }
        server.subscriptions.close(ClientRuntime.jvm().after(Duration.ofSeconds(5)));
        return new Kept(message, new WeakReference<>(server.subscriptions));
    }

    @Test
    void aKeptMessageDoesNotKeepItsClient() throws InterruptedException {
        for (boolean bound : List.of(true, false)) {
            Kept kept = takeFromAClientThatIsForgotten(bound);

            assertCollected(kept.client());
            assertEquals("\"x\"", kept.message().text());
        }
    }
}
