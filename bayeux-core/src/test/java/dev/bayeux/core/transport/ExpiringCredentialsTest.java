package dev.bayeux.core.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Credentials;
import dev.bayeux.core.delivery.WatchedLog;
import dev.bayeux.core.runtime.ClientRuntime;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Credentials that say when they expire are replaced before that. */
@Timeout(10)
class ExpiringCredentialsTest {

    private static final Duration LIFE = Duration.ofMinutes(10);

    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final ClientRuntime runtime = (ClientRuntime) Proxy.newProxyInstance(
            ClientRuntime.class.getClassLoader(), new Class<?>[]{ClientRuntime.class},
            (proxy, method, arguments) -> method.getName().equals("now")
                    ? now
                    : method.invoke(ClientRuntime.jvm(), arguments));
    private final List<Boolean> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile Duration life = LIFE;
    private volatile boolean failing;

    private final CredentialsHolder holder = new CredentialsHolder(runtime, refused -> {
        asked.add(refused);
        if (failing) {
            throw new IllegalStateException("away");
        }
        return Credentials.bearer("t" + asked.size()).expiringAt(now.plus(life));
    });

    private void after(Duration time) {
        now = now.plus(time);
    }

    @Test
    void areKeptUntilShortlyBeforeTheirEnd() throws Exception {
        Credentials first = holder.get();
        after(LIFE.minusSeconds(31));
        assertSame(first, holder.get());
        assertSame(first, holder.forRequest());
        after(Duration.ofSeconds(1));
        assertEquals("Bearer t2", holder.forRequest().headers().get("Authorization"));
        assertEquals(List.of(false, false), asked);
    }

    @Test
    void ofAShortLifeATenthIsLeft() throws Exception {
        life = Duration.ofSeconds(10);
        holder.get();
        after(Duration.ofMillis(8_999));
        holder.get();
        assertEquals(1, asked.size());
        after(Duration.ofMillis(1));
        holder.get();
        assertEquals(2, asked.size());
    }

    @Test
    void aRequestDoesNotAskForTheFirst() throws Exception {
        assertTrue(holder.forRequest().headers().isEmpty());
        assertEquals(List.of(), asked);
    }

    @Test
    void aFailedRenewalKeepsTheOldCredentialsAndIsNotRepeatedAtOnce() throws Exception {
        try (WatchedLog log = new WatchedLog("dev.bayeux.client")) {
            Credentials first = holder.get();
            failing = true;
            after(LIFE.minusSeconds(20));
            assertSame(first, holder.forRequest());
            assertSame(first, holder.get());
            assertEquals(2, asked.size());
            after(Duration.ofSeconds(10));
            assertSame(first, holder.forRequest());
            assertEquals(3, asked.size());
            after(Duration.ofHours(1));
            assertSame(first, holder.forRequest());
            assertSame(first, holder.forRequest());
            assertEquals(4, asked.size());
            assertEquals(3, log.messages.size());
        }
        holder.refuse();
        failing = false;
        assertEquals("Bearer t5", holder.get().headers().get("Authorization"));
        assertEquals(true, asked.getLast());
    }

    @Test
    void credentialsThatArriveExpiredAreUsedUntilTheyAreRefused() throws Exception {
        life = Duration.ofSeconds(-5);
        Credentials late = holder.get();
        assertSame(late, holder.get());
        assertEquals(1, asked.size());
    }

    @Test
    void manyThreadsAskOnce() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Integer> calls = Collections.synchronizedList(new ArrayList<>());
        CredentialsHolder slow = new CredentialsHolder(runtime, refused -> {
            calls.add(1);
            if (calls.size() > 1) {
                entered.countDown();
                goOn.await();
            }
            return Credentials.bearer("t" + calls.size()).expiringAt(now.plus(LIFE));
        });
        slow.get();
        after(LIFE);
        List<FutureTask<Credentials>> waiting = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            FutureTask<Credentials> task = new FutureTask<>(slow::forRequest);
            waiting.add(task);
            Thread.ofVirtual().start(task);
        }
        entered.await();
        goOn.countDown();
        for (FutureTask<Credentials> task : waiting) {
            assertEquals("Bearer t2", task.get(5, TimeUnit.SECONDS).headers().get("Authorization"));
        }
        assertEquals(2, calls.size());
    }
}
