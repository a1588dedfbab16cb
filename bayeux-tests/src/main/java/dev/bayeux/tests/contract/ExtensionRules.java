package dev.bayeux.tests.contract;

import dev.bayeux.api.extension.BayeuxMessage;
import dev.bayeux.api.extension.Extension;
import dev.bayeux.api.extension.SessionChange;
import dev.bayeux.tests.NothingLeft;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rules of the extensions' contract about one subject. No call may stall, and after none may a thread remain. */
@ExtendWith(NothingLeft.class)
abstract class ExtensionRules {

    /** A member of another extension. */
    static final String FOREIGN = "com.acme.foreign";
    static final String FOREIGN_EXT = "{\"keep\":[1,{\"this\":\"as it is\"}]}";

    ExtensionRules() {
    }

    abstract ExtensionContract contract();

    /** Answers of a server that knows the extension. */
    final List<SampleMessage> answers() {
        return SampleMessages.answers().stream().map(contract()::fromServer).toList();
    }

    /** Messages of every kind, in both directions, with a server that knows the extension. */
    final List<SampleMessage> usual() {
        return Stream.concat(SampleMessages.requests().stream(), answers().stream()).toList();
    }

    /**
     * Takes a message through as the client does: {@code null} if it was held back or swallowed. What a required extension
     * throws at a message of the server is a way to refuse it.
     */
    final @Nullable SampleMessage pass(Extension extension, SampleMessage message) throws InterruptedException {
        BayeuxMessage result = call(message.toString(), () -> message.isOutgoing()
                ? extension.outgoing(message)
                : incoming(extension, message));
        if (result == null) {
            return null;
        }
        if (!(result instanceof SampleMessage made)) {
            throw new AssertionError("What was returned for %s was not made of it: %s".formatted(message, result));
        }
        return made;
    }

    private static @Nullable BayeuxMessage incoming(Extension extension, SampleMessage message) {
        try {
            return extension.incoming(message);
        } catch (RuntimeException refused) {
            if (extension.isRequired()) {
                return null;
            }
            throw refused;
        }
    }

    final void passAll(Extension extension, List<SampleMessage> messages) throws InterruptedException {
        for (SampleMessage message : messages) {
            pass(extension, message);
        }
    }

    final void tell(Extension extension, SessionChange change) throws InterruptedException {
        call(change.toString(), () -> {
            extension.sessionChanged(change);
            return null;
        });
    }

    /** On a virtual thread, as in a client. */
    private <T> @Nullable T call(String what, Callable<@Nullable T> call) throws InterruptedException {
        FutureTask<@Nullable T> task = new FutureTask<>(call);
        Thread thread = Thread.ofVirtual().name("test-extension").start(task);
        try {
            return task.get(contract().patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException thrown) {
            throw new AssertionError("The extension has thrown %s at %s".formatted(thrown.getCause(), what),
                    thrown.getCause());
        } catch (TimeoutException stalled) {
            AssertionError failure = new AssertionError(
                    "The extension has not returned within %s at %s".formatted(contract().patience(), what));
            failure.setStackTrace(thread.getStackTrace());
            throw failure;
        } finally {
            thread.interrupt();
        }
    }
}
