package dev.bayeux.core.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.extension.BayeuxMessage;
import dev.bayeux.api.extension.Extension;
import dev.bayeux.api.extension.SessionChange;
import dev.bayeux.core.delivery.Events;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.message.OutgoingMessage;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.observe.Observer;
import dev.bayeux.core.runtime.ClientRuntime;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ExtensionChainTest {

    private static final Json JSON = Json.find();

    private final BlockingQueue<ClientEvent.ExtensionFailed> failures = new LinkedBlockingQueue<>();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    private ExtensionChain chain(Duration limit, Extension... extensions) {
        Events events = new Events(ClientRuntime.jvm(), "test", List.of(event -> {
            if (event instanceof ClientEvent.ExtensionFailed failed) {
                failures.add(failed);
            }
        }), new Observer(ClientRuntime.jvm(), "test", null), false, UnaryOperator.identity());
        return new ExtensionChain(ClientRuntime.jvm(), "test", List.of(extensions), limit, events, JSON);
    }

    private ExtensionChain chain(Extension... extensions) {
        return chain(Duration.ofMinutes(1), extensions);
    }

    /** Listeners receive events on a thread of their own, so an event may come after the call that led to it has returned. */
    private ClientEvent.ExtensionFailed nextFailure() throws InterruptedException {
        ClientEvent.ExtensionFailed next = failures.poll(1, TimeUnit.MINUTES);
        assertNotNull(next, "No extension has failed.");
        return next;
    }

    private static List<IncomingMessage> read(String text) {
        return new MessageReader(JSON).read(text, "long-polling").messages();
    }

    private static OutgoingMessage publish(String id) {
        Request request = Request.ofData(Request.Kind.PUBLISH, "/a", "1");
        request.assignId(id);
        return OutgoingMessage.of(request, "c1");
    }

    private static OutgoingMessage connect() {
        return OutgoingMessage.connect("c", "c1", "long-polling", true, JSON.parse("{}").asJsonObject());
    }

    /** Writes its name into each message. */
    private class Signing implements Extension {

        private final String name;

        Signing(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public @Nullable BayeuxMessage outgoing(BayeuxMessage message) {
            calls.add("out " + name);
            return message.withExt(name, JSON.number(message.ext().size()));
        }

        @Override
        public @Nullable BayeuxMessage incoming(BayeuxMessage message) {
            calls.add("in " + name);
            return message.withExt(name, JSON.number(message.ext().size()));
        }

        @Override
        public void sessionChanged(SessionChange change) {
            calls.add(change + " " + name);
        }
    }

    @Test
    @Tag("C-116")
    void incomingInOrderAndOutgoingInReverse() throws Exception {
        ExtensionChain chain = chain(new Signing("a"), new Signing("b"));

        IncomingMessage in = chain.incoming(read("[{\"channel\":\"/a\",\"data\":1}]")).getFirst();
        OutgoingMessage out = chain.outgoing(List.of(connect())).messages().getFirst();

        assertEquals(List.of("in a", "in b", "out b", "out a"), calls);
        assertEquals("{\"a\":0,\"b\":1}", in.ext().toString());
        assertEquals("{\"b\":0,\"a\":1}", out.ext().toString());
    }

    @Test
    @Tag("C-118")
    void extOfOthersIsKept() {
        IncomingMessage in = chain(new Signing("a"))
                .incoming(read("[{\"channel\":\"/meta/connect\",\"ext\":{\"mine\":{}}}]")).getFirst();
        assertEquals("{\"mine\":{},\"a\":1}", in.ext().toString());
    }

    @Test
    @Tag("C-117")
    void messageThatIsHeldBackDoesNotLeave() throws Exception {
        Extension holding = new Extension() {
            @Override
            public @Nullable BayeuxMessage outgoing(BayeuxMessage message) {
                return message.id().orElseThrow().equals("2") ? null : message;
            }
        };
        ExtensionChain.Leaving leaving = chain(new Signing("never after it"), holding)
                .outgoing(List.of(publish("1"), publish("2"), publish("3")));

        assertEquals(List.of("1", "3"), leaving.messages().stream().map(OutgoingMessage::id).toList());
        assertEquals("2", leaving.heldBack().getFirst().id());
        assertNull(leaving.heldBack().getFirst().why().getCause());
        assertEquals(2, calls.size());
    }

    @Test
    void messageThatIsSwallowedHasNeverArrived() {
        Extension swallowing = new Extension() {
            @Override
            public @Nullable BayeuxMessage incoming(BayeuxMessage message) {
                return message.isMeta() ? message : null;
            }
        };
        assertEquals(List.of("/meta/connect"), chain(swallowing)
                .incoming(read("[{\"channel\":\"/a\",\"data\":1},{\"channel\":\"/meta/connect\"}]")).stream()
                .map(IncomingMessage::channel).toList());
    }

    @Test
    void dataIsReplaced() throws Exception {
        Extension shouting = new Extension() {
            @Override
            public @Nullable BayeuxMessage outgoing(BayeuxMessage message) {
                return message.withData(JSON.parse("[" + message.text().orElseThrow() + "]"));
            }

            @Override
            public @Nullable BayeuxMessage incoming(BayeuxMessage message) {
                JsonString text = (JsonString) message.data().orElseThrow();
                return message.withData(JSON.parse("\"" + text.getString() + "!\""));
            }
        };
        ExtensionChain chain = chain(shouting);
        assertEquals("[1]", chain.outgoing(List.of(publish("1"))).messages().getFirst().body());
        assertEquals("\"x!\"", chain.incoming(read("[{\"channel\":\"/a\",\"data\":\"x\"}]")).getFirst().data());
    }

    @Test
    void anExtensionThatThrowsIsReportedAndTheMessageContinuesUnchanged() throws Exception {
        Extension throwing = new Extension() {
            @Override
            public @Nullable BayeuxMessage incoming(BayeuxMessage message) {
                throw new AssertionError("of the program");
            }
        };
        IncomingMessage in = chain(throwing, new Signing("b")).incoming(read("[{\"channel\":\"/a\",\"data\":1}]"))
                .getFirst();
        assertEquals("{\"b\":0}", in.ext().toString());
        assertInstanceOf(AssertionError.class, nextFailure().cause());
    }

    @Test
    void aRequestWhoseExtensionFailedIsNotSentButAConnectIs() throws Exception {
        var failure = new IllegalStateException("no key");
        Extension throwing = new Extension() {
            @Override
            public @Nullable BayeuxMessage outgoing(BayeuxMessage message) {
                throw failure;
            }
        };
        Request subscribe = Request.ofSubscription(Request.Kind.SUBSCRIBE, "/a");
        subscribe.assignId("1");
        ExtensionChain.Leaving leaving = chain(throwing)
                .outgoing(List.of(OutgoingMessage.of(subscribe, "c1"), publish("2"), connect()));

        assertEquals(List.of("c"), leaving.messages().stream().map(OutgoingMessage::id).toList());
        assertEquals(List.of("1", "2"), leaving.heldBack().stream().map(ExtensionChain.HeldBack::id).toList());
        assertSame(failure, leaving.heldBack().getFirst().why().getCause());
    }

    @Test
    void extensionThatStallsIsLeftOutAndNothingIsLost() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Extension stalling = new Extension() {
            @Override
            public @Nullable BayeuxMessage incoming(BayeuxMessage message) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException given) {
                    interrupted.countDown();
                }
                return null;
            }
        };
        ExtensionChain chain = chain(Duration.ofMillis(500), new Signing("a"), stalling, new Signing("c"));
        String text = "[{\"channel\":\"/a\",\"data\":1},{\"channel\":\"/b\",\"data\":2}]";

        assertEquals(2, chain.incoming(read(text)).size());
        assertInstanceOf(TimeoutException.class, nextFailure().cause());
        assertTrue(interrupted.await(1, TimeUnit.MINUTES));
        assertEquals(List.of("in a", "in c", "in a", "in c"), calls);
        chain.incoming(read(text));
        assertEquals(8, calls.size());
        assertTrue(failures.isEmpty());
    }

    /** A call that has begun and ends when the test says so, also after an interrupt. */
    private static final class Slow implements Extension {

        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch interrupted = new CountDownLatch(1);
        final CountDownLatch ending = new CountDownLatch(1);
        final AtomicBoolean busy = new AtomicBoolean();
        final AtomicBoolean twice = new AtomicBoolean();

        @Override
        public BayeuxMessage outgoing(BayeuxMessage message) {
            busy.set(true);
            begun.countDown();
            for (boolean over = false; !over;) {
                try {
                    over = ending.await(1, TimeUnit.MINUTES);
                } catch (InterruptedException abandoned) {
                    interrupted.countDown();
                }
            }
            busy.set(false);
            return message;
        }

        @Override
        public BayeuxMessage incoming(BayeuxMessage message) {
            twice.set(busy.get());
            return message;
        }
    }

    @Test
    void aCallThatIsAbandonedReturnsBeforeTheNextOneBegins() throws Exception {
        Slow slow = new Slow();
        ExtensionChain chain = chain(slow);
        Thread sender = Thread.ofVirtual()
                .start(() -> assertThrows(InterruptedException.class, () -> chain.outgoing(List.of(publish("1")))));
        assertTrue(slow.begun.await(1, TimeUnit.MINUTES));
        sender.interrupt();
        assertTrue(slow.interrupted.await(1, TimeUnit.MINUTES));
        CompletableFuture<List<IncomingMessage>> received = CompletableFuture
                .supplyAsync(() -> chain.incoming(read("[{\"channel\":\"/a\",\"data\":1}]")));
        assertThrows(TimeoutException.class, () -> received.get(100, TimeUnit.MILLISECONDS));
        slow.ending.countDown();
        assertEquals(1, received.get(1, TimeUnit.MINUTES).size());
        assertFalse(slow.twice.get());
        sender.join();
    }

    @Test
    void changesOfTheSessionOutliveAnAbandonedPass() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        ExtensionChain chain = chain(new Extension() {

            @Override
            public void sessionChanged(SessionChange change) {
                calls.add(change.getClass().getSimpleName());
                begun.countDown();
                if (change instanceof SessionChange.Started) {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException abandoned) {
                        // The thread that sends was interrupted.
                    }
                }
            }
        });
        chain.changed(new SessionChange.Started(false));
        chain.changed(new SessionChange.Ended());
        Thread sender = Thread.ofVirtual()
                .start(() -> assertThrows(InterruptedException.class, () -> chain.outgoing(List.of(publish("1")))));
        assertTrue(begun.await(1, TimeUnit.MINUTES));
        sender.interrupt();
        sender.join();
        chain.outgoing(List.of(publish("2")));
        assertEquals(List.of("Started", "Ended"), calls);
    }

    @Test
    void anInterruptLosesNoReceivedMessage() {
        Thread.currentThread().interrupt();
        assertEquals(1, chain(new Signing("a")).incoming(read("[{\"channel\":\"/a\",\"data\":1}]")).size());
        assertTrue(Thread.interrupted());
    }

    @Test
    void changesOfTheSessionComeBeforeTheNextMessage() throws Exception {
        ExtensionChain chain = chain(new Signing("a"));
        chain.changed(new SessionChange.Started(false));
        chain.outgoing(List.of(connect()));
        chain.changed(new SessionChange.Ended());
        chain.finish();

        assertEquals(List.of("Started[renewed=false] a", "out a", "Ended[] a"), calls);
    }

    /** Fails at the messages that the test names, incoming and outgoing. */
    private class Required extends Signing {

        private final Predicate<BayeuxMessage> fails;

        Required(Predicate<BayeuxMessage> fails) {
            super("required");
            this.fails = fails;
        }

        @Override
        public boolean isRequired() {
            return true;
        }

        @Override
        public @Nullable BayeuxMessage outgoing(BayeuxMessage message) {
            return fails.test(message) ? fail() : super.outgoing(message);
        }

        @Override
        public @Nullable BayeuxMessage incoming(BayeuxMessage message) {
            return fails.test(message) ? fail() : super.incoming(message);
        }

        private BayeuxMessage fail() {
            throw new IllegalStateException("not signed");
        }
    }

    @Test
    void aMessageAtWhichARequiredExtensionFailsIsDroppedAndReported() throws Exception {
        ExtensionChain chain = chain(new Required(message -> message.channel().equals("/a")), new Signing("b"));

        List<IncomingMessage> in = chain
                .incoming(read("[{\"channel\":\"/a\",\"data\":1},{\"channel\":\"/b\",\"data\":2}]"));

        assertEquals(List.of("/b"), in.stream().map(IncomingMessage::channel).toList());
        assertEquals("required", nextFailure().extension());
        assertTrue(failures.isEmpty());
    }

    @Test
    void noMessageOfWhateverKindLeavesWithoutARequiredExtension() throws Exception {
        ExtensionChain.Leaving leaving = chain(new Required(message -> true))
                .outgoing(List.of(connect(), publish("1")));

        assertEquals(List.of(), leaving.messages());
        assertEquals(List.of("c", "1"), leaving.heldBack().stream().map(ExtensionChain.HeldBack::id).toList());
        assertInstanceOf(IllegalStateException.class, leaving.heldBack().getFirst().why().getCause());
    }

    @Test
    void aRequiredExtensionThatReturnsAnotherMessageLetsNothingPass() throws Exception {
        List<BayeuxMessage> seen = new ArrayList<>();
        Extension confused = new Extension() {
            @Override
            public boolean isRequired() {
                return true;
            }

            @Override
            public BayeuxMessage incoming(BayeuxMessage message) {
                seen.add(message);
                return seen.getFirst();
            }
        };

        assertEquals(1, chain(confused)
                .incoming(read("[{\"channel\":\"/a\",\"data\":1},{\"channel\":\"/b\",\"data\":2}]")).size());
        assertInstanceOf(IllegalStateException.class, nextFailure().cause());
    }

    @Test
    void nothingPassesARequiredExtensionThatIsSlowUntilItHasReturned() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean slow = new AtomicBoolean(true);
        Extension verifier = new Signing("verifier") {
            @Override
            public boolean isRequired() {
                return true;
            }

            @Override
            public @Nullable BayeuxMessage incoming(BayeuxMessage message) {
                if (slow.getAndSet(false)) {
                    boolean waiting = true;
                    while (waiting) {
                        try {
                            goOn.await();
                            waiting = false;
                        } catch (InterruptedException ignored) {
                            // Code that ignores interrupts.
                        }
                    }
                }
                return super.incoming(message);
            }
        };
        ExtensionChain chain = chain(Duration.ofMillis(100), verifier);
        String text = "[{\"channel\":\"/a\",\"data\":1},{\"channel\":\"/b\",\"data\":2}]";

        assertEquals(List.of(), chain.incoming(read(text)));
        assertInstanceOf(TimeoutException.class, nextFailure().cause());
        assertInstanceOf(TimeoutException.class, nextFailure().cause());
        chain.changed(new SessionChange.Ended());
        assertEquals(List.of("1"), chain.outgoing(List.of(publish("1"))).heldBack().stream()
                .map(ExtensionChain.HeldBack::id).toList());
        assertEquals(List.of(), calls);

        goOn.countDown();
        List<IncomingMessage> in = List.of();
        while (in.size() < 2) {
            // Its call may still be on its way back.
            in = chain.incoming(read(text));
        }

        // The first is the abandoned call; the changes that it missed come before the next message, and once.
        assertEquals(List.of("in verifier", "Ended[] verifier", "in verifier"), calls.subList(0, 3));
        assertEquals(1, Collections.frequency(calls, "Ended[] verifier"));
    }

    @Test
    void everyExtensionHasAName() {
        Extension anonymous = new Extension() {
        };
        assertEquals("ExtensionChainTest$" + anonymous.getClass().getName().split("\\$")[1], anonymous.name());
        assertEquals(getClass().getName() + "$Required",
                new InstalledExtension(new Required(message -> true) {
                    @Override
                    public String name() {
                        return " ";
                    }
                }).name().replaceFirst("\\d+$", "Required"));
    }
}
