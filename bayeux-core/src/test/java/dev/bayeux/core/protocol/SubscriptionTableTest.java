package dev.bayeux.core.protocol;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Subscription;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.core.message.Request;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table finds subscriptions by channel and by subscriber, and gives two channels no common position. */
class SubscriptionTableTest {

    private final SubscriptionTable table = new SubscriptionTable(true);

    private static Subscriber subscriber(boolean choosesStart, String... channels) {
        Subscription none = (Subscription) Proxy.newProxyInstance(SubscriptionTableTest.class.getClassLoader(),
                new Class<?>[]{Subscription.class}, (proxy, method, arguments) -> null);
        Subscriber made = new Subscriber(none, List.of(channels), choosesStart);
        made.join(0);
        return made;
    }

    private ServerSubscription add(String channel) {
        ServerSubscription made = new ServerSubscription(channel, null);
        table.add(made);
        return made;
    }

    @Test
    void aChannelThatHasBegunCannotBeginElsewhere() {
        add("/a");

        assertThrows(IllegalStateException.class, () -> table.checkPosition("/a", subscriber(true, "/a")));
        assertDoesNotThrow(() -> table.checkPosition("/a", subscriber(false, "/a")));
        assertDoesNotThrow(() -> table.checkPosition("/b", subscriber(true, "/b")));
    }

    @Test
    void twoChannelsThatDifferInTheirQueryShareNoPosition() {
        ServerSubscription first = add("/a?b=1");

        assertThrows(IllegalStateException.class, () -> table.checkPosition("/a", subscriber(false, "/a")));
        assertThrows(IllegalStateException.class,
                () -> table.checkPosition("/c?d", subscriber(false, "/c?d", "/c")));
        assertTrue(table.remove(first));
        assertDoesNotThrow(() -> table.checkPosition("/a", subscriber(false, "/a")));
    }

    @Test
    void aSubscriberIsAsFarAsTheChannelThatIsLeastFar() {
        ServerSubscription one = add("/a");
        ServerSubscription two = add("/b");
        Subscriber both = subscriber(false, "/a", "/b");
        table.add(both, List.of(one, two));

        one.ask(Request.ofSubscription(Request.Kind.SUBSCRIBE, "/a"));
        one.accept();
        assertEquals(SubscriptionState.REQUESTED, table.stateOf(both));
        assertFalse(table.allActive());
        two.accept();
        assertEquals(SubscriptionState.ACTIVE, table.stateOf(both));
        assertTrue(table.allActive());
        SubscribeException denied = new SubscribeException(FailureKind.PERMANENT, "/b", "denied", null);
        two.reject(denied);
        assertEquals(SubscriptionState.REJECTED, table.stateOf(both));
        assertEquals(denied, table.failureOf(both).orElseThrow());
        both.leave();
        assertEquals(SubscriptionState.CLOSED, table.stateOf(both));
        assertEquals(Set.of(both), table.subscribers());
    }
}
