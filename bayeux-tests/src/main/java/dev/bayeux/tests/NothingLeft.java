package dev.bayeux.tests;

import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * Fails a test after which a thread still runs, platform or virtual, or in which an exception ended a thread. It checks after
 * the test's own {@code @AfterEach} methods, and waits up to 30 s for threads to end. For tests that run one at a time.
 *
 * {@snippet class="dev.bayeux.tests.docs.KitSnippets" region="nothingLeft"}
 */
public final class NothingLeft implements BeforeEachCallback, AfterEachCallback {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Namespace NAMESPACE = Namespace.create(NothingLeft.class);

    /** Makes the extension; called by JUnit. */
    public NothingLeft() {
    }

    /** What one test began with, and what went wrong since. */
    private record Watch(LiveThreads before, @Nullable UncaughtExceptionHandler handler, Queue<Throwable> uncaught) {}

    @Override
    public void beforeEach(ExtensionContext context) {
        Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
        Watch watch = new Watch(LiveThreads.now(), Thread.getDefaultUncaughtExceptionHandler(), uncaught);
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
        context.getStore(NAMESPACE).put(Watch.class, watch);
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        Watch watch = context.getStore(NAMESPACE).remove(Watch.class, Watch.class);
        try {
            watch.before.awaitNoneAdded(LIMIT);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(watch.handler);
        }
        Throwable first = watch.uncaught.peek();
        if (first != null) {
            throw new AssertionError("An exception has ended a thread; there were %d.".formatted(watch.uncaught.size()),
                    first);
        }
    }
}
