package dev.bayeux.core.transport;

import dev.bayeux.core.runtime.ClientRuntime;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Credentials;
import dev.bayeux.core.transport.CredentialsHolder.CredentialsUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class CredentialsHolderTest {

    private final List<Boolean> asked = Collections.synchronizedList(new ArrayList<>());
    private final CredentialsHolder holder = new CredentialsHolder(ClientRuntime.jvm(), refused -> {
        asked.add(refused);
        return Credentials.bearer("t" + asked.size());
    });

    @Test
    void withoutASourceThereAreNone() throws Exception {
        CredentialsHolder none = new CredentialsHolder(ClientRuntime.jvm(), null);

        assertFalse(none.canRenew());
        assertTrue(none.get().headers().isEmpty());
        none.refuse();
        assertTrue(none.get().headers().isEmpty());
    }

    @Test
    void theSourceIsAskedOnceAndNotBeforeItMust() throws Exception {
        assertTrue(holder.canRenew());
        assertTrue(holder.now().headers().isEmpty());
        assertEquals(List.of(), asked);

        Credentials first = holder.get();
        assertSame(first, holder.get());
        assertSame(first, holder.now());
        assertEquals(List.of(false), asked);
    }

    @Test
    void refusedOnesAreNotUsedAgain() throws Exception {
        Credentials first = holder.get();
        holder.refuse();
        assertSame(first, holder.now(), "a request that is just leaving is not one of nobody");

        assertNotSame(first, holder.get());
        assertEquals(List.of(false, true), asked);
    }

    @Test
    void aRefusalOfOldCredentialsChangesNothing() throws Exception {
        Credentials first = holder.get();
        holder.refuse(first);
        Credentials second = holder.get();
        holder.refuse(first);

        assertSame(second, holder.now());
        assertEquals(List.of(false, true), asked);
    }

    @Test
    void refusingBeforeAnythingWasGivenChangesNothing() throws Exception {
        holder.refuse();
        holder.get();

        assertEquals(List.of(false), asked);
    }

    @Test
    void whileFreshOnesAreFetchedARequestWaitsForThem() throws Exception {
        CountDownLatch asking = new CountDownLatch(1);
        Semaphore mayAnswer = new Semaphore(0);
        CredentialsHolder slow = new CredentialsHolder(ClientRuntime.jvm(), refused -> {
            if (refused) {
                asking.countDown();
                mayAnswer.acquire();
            }
            return Credentials.bearer(refused ? "fresh" : "old");
        });
        slow.refuse(slow.get());
        FutureTask<Credentials> refused = started(slow::get);
        asking.await();
        FutureTask<Credentials> publish = started(slow::forRequest);
        mayAnswer.release();

        assertEquals("Bearer fresh", publish.get().headers().get("Authorization"));
        assertSame(refused.get(), publish.get());
    }

    private static FutureTask<Credentials> started(Callable<Credentials> asking) {
        FutureTask<Credentials> task = new FutureTask<>(asking);
        Thread.ofVirtual().start(task);
        return task;
    }

    @Test
    void ofManyThreadsThatFindThemRefusedOneAsks() throws Exception {
        int threads = 50;
        AtomicInteger calls = new AtomicInteger();
        Semaphore mayAnswer = new Semaphore(1);
        CredentialsHolder slow = new CredentialsHolder(ClientRuntime.jvm(), refused -> {
            mayAnswer.acquire();
            return Credentials.bearer("t" + calls.incrementAndGet());
        });
        Credentials first = slow.get();
        LinkedBlockingQueue<Object> got = new LinkedBlockingQueue<>();
        for (int n = 0; n < threads; n++) {
            Thread.ofVirtual().start(() -> {
                slow.refuse(first);
                try {
                    got.add(slow.get());
                } catch (Exception failed) {
                    got.add(failed);
                }
            });
        }
        mayAnswer.release(threads);

        Object second = got.take();
        for (int n = 1; n < threads; n++) {
            assertSame(second, got.take());
        }
        assertEquals(2, calls.get());
    }

    @Test
    void aSourceThatFailsIsAskedAgainAndStillToldOfTheRefusal() throws Exception {
        Iterator<Callable<Credentials>> answers = List.<Callable<Credentials>>of(() -> Credentials.bearer("t"), () -> {
            throw new IOException("a");
        }, () -> {
            throw new LinkageError("b");
        }, () -> Credentials.bearer("u")).iterator();
        CredentialsHolder failing = new CredentialsHolder(ClientRuntime.jvm(), refused -> {
            asked.add(refused);
            return answers.next().call();
        });
        failing.get();
        failing.refuse();

        assertEquals("a", assertThrows(CredentialsUnavailableException.class, failing::get).getCause().getMessage());
        assertEquals("b", assertThrows(CredentialsUnavailableException.class, failing::get).getCause().getMessage());
        assertEquals("Bearer u", failing.get().headers().get("Authorization"));
        assertEquals(List.of(false, true, true, true), asked);
    }

    @Test
    void aSourceThatGivesNullHasFailed() {
        CredentialsHolder empty = new CredentialsHolder(ClientRuntime.jvm(), refused -> null);

        assertThrows(CredentialsUnavailableException.class, empty::get);
    }

    @Test
    void aThreadThatWaitsForAnotherCanBeInterrupted() throws Exception {
        Semaphore asking = new Semaphore(0);
        Semaphore mayAnswer = new Semaphore(0);
        CredentialsHolder slow = new CredentialsHolder(ClientRuntime.jvm(), refused -> {
            asking.release();
            mayAnswer.acquire();
            return Credentials.bearer("t");
        });
        LinkedBlockingQueue<Object> got = new LinkedBlockingQueue<>();
        Runnable get = () -> {
            try {
                got.add(slow.get());
            } catch (Exception failed) {
                got.add(failed.getClass());
            }
        };
        Thread first = Thread.ofVirtual().start(get);
        asking.acquire();
        Thread second = Thread.ofVirtual().start(get);
        second.interrupt();
        assertEquals(InterruptedException.class, got.take());

        first.interrupt();
        assertEquals(InterruptedException.class, got.take(), "the source itself is interrupted");
        mayAnswer.release();
        assertEquals("Bearer t", slow.get().headers().get("Authorization"));
    }
}
