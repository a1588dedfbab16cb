package dev.bayeux.core.simulation;

import dev.bayeux.api.error.ClientClosedException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Makes calls of the client: each must end within its limit, and throw nothing but what it says. */
final class Calls {

    /** What losing the processor now and then may cost. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    /** Something to call. */
    @FunctionalInterface
    interface Call {

        void run() throws InterruptedException;
    }

    private final World world;
    private long calls;

    Calls(World world) {
        this.world = world;
    }

    long calls() {
        return calls;
    }

    /** Makes a call; whether it returned normally. */
    boolean make(String what, Duration limit, Call call, Class<?>... allowed) throws InterruptedException {
        calls++;
        world.trace.add(world, "call " + what);
        long beforeNs = world.nowNs();
        String end = "returned";
        try {
            call.run();
            return true;
        } catch (RuntimeException thrown) {
            end = Trace.brief(thrown);
            if (!(thrown instanceof ClientClosedException)
                    && Stream.of(allowed).noneMatch(type -> type.isInstance(thrown))) {
                world.fail("%s threw %s".formatted(what, end));
            }
            return false;
        } catch (InterruptedException interrupted) {
            end = "interrupted";
            throw interrupted;
        } finally {
            long tookNs = world.nowNs() - beforeNs;
            world.trace.add(world, "     %s %s".formatted(what, end));
            if (tookNs > limit.plus(SLACK).toNanos()) {
                world.fail("%s took %d ms instead of %d.".formatted(what, TimeUnit.NANOSECONDS.toMillis(tookNs),
                        limit.toMillis()));
            }
        }
    }
}
