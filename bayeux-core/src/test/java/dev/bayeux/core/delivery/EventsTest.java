package dev.bayeux.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.ListenerRegistration;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.core.observe.Observer;
import dev.bayeux.core.runtime.ClientRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class EventsTest {

    private static final Observer NOBODY = new Observer(ClientRuntime.jvm(), "test", null);

    private final WatchedLog log = new WatchedLog("dev.bayeux.client");
    private final LinkedBlockingQueue<ClientEvent> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void leaveTheLog() {
        log.close();
    }

    private static ClientEvent event(String text) {
        return new ClientEvent.MessageIgnored(new ConfigurationException(text));
    }

    private static boolean idle(Events events) throws InterruptedException {
        return events.worker().awaitIdle(ClientRuntime.jvm().after(Duration.ofSeconds(5)));
    }

    @Test
    void allListenersReceiveEventsInOrder() throws InterruptedException {
        LinkedBlockingQueue<ClientEvent> other = new LinkedBlockingQueue<>();
        Events events = new Events(ClientRuntime.jvm(), "test", List.of(heard::add, other::add), NOBODY, true,
                UnaryOperator.identity());
        List<ClientEvent> all = java.util.stream.IntStream.range(0, 500).mapToObj(n -> event("e" + n)).toList();
        all.forEach(events::report);

        assertTrue(idle(events));
        assertEquals(all, List.copyOf(heard));
        assertEquals(all, List.copyOf(other));
    }

    @Test
    @Tag("C-86")
    void listenerFailureDoesNotAffectTheOthers() throws InterruptedException {
        Consumer<ClientEvent> failing = event -> {
            throw new AssertionError("listener");
        };
        Events events = new Events(ClientRuntime.jvm(), "test", List.of(failing, heard::add), NOBODY, true,
                UnaryOperator.identity());
        events.report(event("a"));
        events.report(event("b"));

        assertTrue(idle(events));
        assertEquals(2, heard.size());
        assertEquals(List.of("test: MessageIgnored: a", "test: a listener for events failed", "test: MessageIgnored: b",
                "test: a listener for events failed"), List.copyOf(log.messages));
    }

    @Test
    @Tag("C-135")
    void aClientIdInAChannelIsNotLogged() throws InterruptedException {
        Events events = new Events(ClientRuntime.jvm(), "test", List.of(heard::add), NOBODY, true,
                text -> text.replace("id12345", "***"));
        events.report(event("The server refused a subscription to /private/id12345."));

        assertTrue(idle(events));
        assertEquals(List.of("test: MessageIgnored: The server refused a subscription to /private/***."),
                List.copyOf(log.messages));
    }

    @Test
    void aLogThatThrowsStopsNothing() throws InterruptedException {
        log.breakIt();
        Events events = new Events(ClientRuntime.jvm(), "test", List.of(), NOBODY, true, UnaryOperator.identity());
        events.report(event("a"));
        events.report(event("b"));

        assertTrue(idle(events));
        assertTrue(List.copyOf(log.messages).containsAll(List.of("test: MessageIgnored: a", "test: MessageIgnored: b")),
                log.messages::toString);
    }

    @Test
    void aListenerThatHangsKeepsNoMoreThanTheNewest() throws InterruptedException {
        Semaphore mayGoOn = new Semaphore(0);
        Events events = new Events(ClientRuntime.jvm(), "test",
                List.of(event -> mayGoOn.acquireUninterruptibly(), heard::add), NOBODY, true, UnaryOperator.identity());
        for (int n = 0; n < 3000; n++) {
            events.report(event("e" + n));
        }
        mayGoOn.release(3000);

        assertTrue(idle(events));
        assertTrue(heard.size() <= 1025, "kept " + heard.size());
        ClientEvent last = List.copyOf(heard).getLast();
        assertEquals("e2999", ((ClientEvent.Failure) last).cause().getMessage());
    }

    @Test
    void anInterruptStatusOfAListenerDoesNotReachTheOthers() throws InterruptedException {
        LinkedBlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
        Events events = new Events(ClientRuntime.jvm(), "test", List.of(event -> Thread.currentThread().interrupt(),
                event -> interrupted.add(Thread.currentThread().isInterrupted())), NOBODY, true,
                UnaryOperator.identity());
        events.report(event("a"));

        assertFalse(interrupted.take());
    }

    @Test
    void oneThatHangsAfterTheEndIsInterruptedAndNothingFollows() throws InterruptedException {
        Semaphore hanging = new Semaphore(0);
        Events events = new Events(ClientRuntime.jvm(), "test", List.of(event -> {
            hanging.release();
            try {
                new Semaphore(0).acquire();
            } catch (InterruptedException end) {
                heard.add(event);
            }
        }), NOBODY, true, UnaryOperator.identity());
        events.report(event("a"));
        events.report(event("b"));
        hanging.acquire();
        events.worker().interrupt();

        assertTrue(idle(events));
        assertEquals(1, heard.size());
    }

    @Test
    void aRemovedListenerReceivesNothingMore() throws InterruptedException {
        Events events = new Events(ClientRuntime.jvm(), "test", List.of(), NOBODY, true, UnaryOperator.identity());
        Consumer<ClientEvent> twice = heard::add;
        ListenerRegistration first = events.listen(twice);
        ListenerRegistration second = events.listen(twice);
        events.report(event("a"));
        assertTrue(idle(events));
        assertEquals(2, heard.size());

        first.close();
        first.close();
        events.report(event("b"));
        assertTrue(idle(events));
        assertEquals(3, heard.size());

        second.close();
        events.report(event("c"));
        assertTrue(idle(events));
        assertEquals(3, heard.size());
    }

    @Test
    void eventsAreLoggedWhetherSomeoneListensOrNot() throws InterruptedException {
        for (List<Consumer<ClientEvent>> listeners : List.<List<Consumer<ClientEvent>>>of(List.of(),
                List.of(heard::add))) {
            assertLogged(listeners);
            log.messages.clear();
        }
        assertEquals(7, heard.size());
    }

    private void assertLogged(List<Consumer<ClientEvent>> listeners) throws InterruptedException {
        Events events = new Events(ClientRuntime.jvm(), "test", List.copyOf(listeners), NOBODY, true,
                UnaryOperator.identity());
        Subscription subscription = new SubscriptionsFixture().active("/a");
        events.report(event("what"));
        events.report(new ClientEvent.SessionRenewed());
        events.report(new ClientEvent.MessagesDropped(subscription, 7));
        events.report(new ClientEvent.SubscriptionOverflowed(subscription));
        ClientState state = ClientState.of(ConnectionStatus.CONNECTED, Instant.now());
        events.report(new ClientEvent.StateChanged(state, state));
        events.report(
                new ClientEvent.HandlerFailed(subscription, "/a", new IllegalStateException("no\n2026 forged"), 2));
        events.report(new ClientEvent.SubscriptionStopped(subscription, "/a", new IllegalStateException()));

        assertTrue(idle(events));
        assertEquals(List.of("test: MessageIgnored: what",
                "test: a new session has replaced the lost one",
                "test: the queue of [/a] is full; 7 messages were dropped",
                "test: the queue of [/a] is full; the subscription was closed", "test: CONNECTED",
                "test: HandlerFailed on /a (attempt 2): no\\n2026 forged",
                "test: SubscriptionStopped on /a: java.lang.IllegalStateException"),
                List.copyOf(log.messages));
    }

    @Test
    void oneSettingTurnsTheLogOff() throws InterruptedException {
        Events events = new Events(ClientRuntime.jvm(), "test", List.of(heard::add), NOBODY, false,
                UnaryOperator.identity());
        events.report(event("a"));

        assertTrue(idle(events));
        assertEquals(1, heard.size());
        assertEquals(List.of(), List.copyOf(log.messages));
    }

    @Test
    void anUnwantedEventStartsNoThread() {
        Events silent = new Events(new NoThreads(), "test", List.of(), NOBODY, false, UnaryOperator.identity());
        silent.report(event("a"));
        log.only(java.util.logging.Level.SEVERE);
        Events unwanted = new Events(new NoThreads(), "test", List.of(), NOBODY, true, UnaryOperator.identity());
        unwanted.report(event("a"));

        assertEquals(List.of(), List.copyOf(log.messages));
    }

    @Test
    void eventsThatASlowListenerMissesAreCounted() throws InterruptedException {
        Semaphore mayGoOn = new Semaphore(0);
        Events events = new Events(ClientRuntime.jvm(), "test",
                List.of(event -> mayGoOn.acquireUninterruptibly()), NOBODY, true, UnaryOperator.identity());
        for (int n = 0; n < 3000; n++) {
            events.report(event("e" + n));
        }
        mayGoOn.release(3000);

        assertTrue(idle(events));
        assertTrue(log.messages.stream().anyMatch(line -> line.endsWith(
                " events were dropped, since the listeners are too slow")), log.messages::toString);
    }
}
