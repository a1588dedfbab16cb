package dev.bayeux.tests.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.bayeux.tests.NothingLeft;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each public method may be called inside each callback: it returns or throws what it is documented to throw, within
 * its limits, and the client can be closed afterwards. In callbacks for which the protocol does not wait it succeeds.
 */
@Tag("transport:memory")
@ExtendWith(NothingLeft.class)
class CallbackMatrixTest {

    /** Most of the time is spent on limits being reached, so several cases run at the same time. */
    private static final int AT_ONCE = 16;

    @Test
    void eachPublicMethodHasARow() {
        assertEquals(PublicCall.needed(),
                PublicCall.all().stream().map(PublicCall::method).collect(Collectors.toSet()));
    }

    @TestFactory
    Stream<DynamicTest> eachMethodCanBeCalledInEachCallback() {
        Semaphore permits = new Semaphore(AT_ONCE);
        List<DynamicTest> tests = new ArrayList<>();
        for (Callback callback : Callback.values()) {
            for (PublicCall call : PublicCall.all()) {
                CompletableFuture<Void> result = new CompletableFuture<>();
                Thread.ofVirtual().name("test-case").start(() -> run(callback, call, permits, result));
                tests.add(dynamicTest("%s in %s".formatted(call.method(), callback), () -> await(result)));
            }
        }
        return tests.stream();
    }

    private static void await(CompletableFuture<Void> result) throws Throwable {
        try {
            result.get(4 * CallbackWorld.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause();
        }
    }

    private static void run(Callback callback, PublicCall call, Semaphore permits, CompletableFuture<Void> result) {
        permits.acquireUninterruptibly();
        try (CallbackWorld world = CallbackWorld.open(callback, call)) {
            try {
                world.provoke();
            } catch (ExecutionException thrown) {
                if (!call.mayThrow(thrown.getCause(), callback)) {
                    throw thrown;
                }
            } catch (TimeoutException hanging) {
                throw new AssertionError("%s in %s has not ended.".formatted(call.method(), callback), hanging);
            } finally {
                world.closeClient();
            }
            result.complete(null);
        } catch (Throwable failed) {
            result.completeExceptionally(failed);
        } finally {
            permits.release();
        }
    }
}
