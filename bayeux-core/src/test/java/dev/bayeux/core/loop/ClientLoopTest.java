package dev.bayeux.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.Endpoint;
import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.protocol.ClientView;
import dev.bayeux.core.protocol.Effect;
import dev.bayeux.core.protocol.Input;
import dev.bayeux.core.protocol.ProtocolCore;
import dev.bayeux.core.protocol.ProtocolSettings;
import dev.bayeux.core.protocol.ReplayExtension;
import dev.bayeux.core.runtime.ClientRuntime;
import dev.bayeux.core.session.SessionSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Inputs are taken and effects carried out, whatever one of them throws. */
class ClientLoopTest {

    private static final List<String> TYPES = List.of("long-polling");
    private static final List<Endpoint> ENDPOINTS = List.of(Endpoint.of(URI.create("http://a.example/bayeux")));

    private final ClientRuntime runtime = ClientRuntime.jvm();
    private final ProtocolCore core = new ProtocolCore(
            new ProtocolSettings(new SessionSettings(TYPES, ENDPOINTS, Duration.ofSeconds(10),
                    Backoff.of(Duration.ofSeconds(1), Duration.ofSeconds(30)),
                    OnServerDisconnect.STOP, false, true), Duration.ofSeconds(10), 1000, 32_768),
            new ReplayExtension(Json.find(), false), 1, runtime.nanoTime());
    private final ClientLoop loop = new ClientLoop(runtime, core, "test");
    private final List<Effect> carriedOut = new ArrayList<>();

    private boolean wasCarriedOut(Class<? extends Effect> kind) {
        return carriedOut.stream().anyMatch(kind::isInstance);
    }

    @Test
    void anEffectThatThrowsStopsNoOtherEffectAndNoInput() {
        IllegalStateException first = new IllegalStateException("first");
        AssertionError second = new AssertionError("second");
        Request late = Request.ofData(Kind.PUBLISH, "/a", "1");
        loop.perform(effect -> {
            carriedOut.add(effect);
            if (effect instanceof Effect.StartReceiving) {
                loop.accept(new Input.Submit(List.of(late)));
                throw first;
            }
            if (effect instanceof Effect.Open) {
                throw second;
            }
            if (effect instanceof Effect.Send) {
                throw first;
            }
        });

        assertSame(first, assertThrows(IllegalStateException.class, () -> loop.accept(new Input.Connect())));
        assertEquals(List.of(second), List.of(first.getSuppressed()), "no failure is lost");
        assertTrue(wasCarriedOut(Effect.Open.class));
        assertTrue(wasCarriedOut(Effect.ReportState.class));
        assertTrue(core.answer(), "the input of the effect that threw was taken");
        assertTrue(wasCarriedOut(Effect.Send.class), "after all inputs the handshake leaves");

        carriedOut.clear();
        loop.accept(new Input.Abort());
        assertTrue(wasCarriedOut(Effect.Fail.class));
        assertTrue(wasCarriedOut(Effect.Close.class), "the next input is taken as ever");
    }

    @Test
    void aWaiterSeesAStateThatHasLastedForAnInstant() throws Exception {
        loop.perform(effect -> {
            if (effect instanceof Effect.Open) {
                // Taken before the waiter can have the lock.
                loop.accept(new Input.Abort());
            }
        });
        CountDownLatch tested = new CountDownLatch(1);
        Predicate<ClientView> trying = view -> {
            tested.countDown();
            return !view.session().isOver();
        };
        CompletableFuture<Boolean> seen = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                seen.complete(loop.await(trying, runtime.after(Duration.ofMinutes(1))));
            } catch (Throwable failed) {
                seen.completeExceptionally(failed);
            }
        });
        assertTrue(tested.await(1, TimeUnit.MINUTES));

        loop.accept(new Input.Connect());

        boolean over = loop.look(view -> view.session().isOver());
        assertTrue(over);
        assertTrue((boolean) seen.get(1, TimeUnit.MINUTES));
        assertFalse(loop.await(view -> !view.session().isOver(), runtime.nanoTime()));
    }

    @Test
    void anInputOfAnEffectIsTakenAfterTheEffectsBeforeIt() {
        loop.perform(effect -> {
            if (effect instanceof Effect.StartReceiving) {
                loop.accept(new Input.Abort());
            }
            carriedOut.add(effect);
        });
        loop.accept(new Input.Connect());
        List<Class<?>> order = carriedOut.stream().<Class<?>>map(Object::getClass).toList();
        assertTrue(order.indexOf(Effect.Open.class) < order.indexOf(Effect.Close.class), order::toString);
        assertEquals(-1, order.indexOf(Effect.Send.class), "the handshake of a session that nobody wants stays");
    }
}
