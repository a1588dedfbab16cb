package dev.bayeux.core.simulation;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.concurrent.Executor;

/**
 * Makes virtual threads that run where and when we like. The JDK can do that and does not offer it: hence the reflection,
 * and {@code --add-opens java.base/java.lang} for the tests of this module.
 */
final class VirtualThreads {

    private static final Method FACTORY = find();

    private VirtualThreads() {
    }

    private static Method find() {
        try {
            Method factory = Class.forName("java.lang.ThreadBuilders").getDeclaredMethod("newVirtualThread",
                    Executor.class, String.class, int.class, Runnable.class);
            factory.setAccessible(true);
            return factory;
        } catch (ReflectiveOperationException | InaccessibleObjectException changed) {
            throw new IllegalStateException("This JDK does not let a virtual thread have a scheduler of its own. The"
                    + " simulation is known to work on JDK 25, with --add-opens java.base/java.lang=ALL-UNNAMED.",
                    changed);
        }
    }

    /** A thread that is not started; each time it can continue, the scheduler receives the task that runs it. */
    static Thread create(Executor scheduler, String name, Runnable task) {
        try {
            return (Thread) FACTORY.invoke(null, scheduler, name, 0, task);
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
