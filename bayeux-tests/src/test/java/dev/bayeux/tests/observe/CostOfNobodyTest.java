package dev.bayeux.tests.observe;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientMetrics.Exchange;
import dev.bayeux.core.observe.Observer;
import dev.bayeux.core.observe.Timed;
import dev.bayeux.core.runtime.ClientRuntime;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Without an observer the client measures and allocates nothing. */
class CostOfNobodyTest {

    private static final int TIMES = 100_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Observer nobody = new Observer(ClientRuntime.jvm(), "nobody", null);
    private final ClientEvent event = new ClientEvent.SessionRenewed();

    private boolean look() {
        Timed connect = nobody.connect();
        Timed handshake = nobody.exchange(Exchange.HANDSHAKE, "long-polling");
        Timed poll = nobody.exchange(Exchange.CONNECT, "long-polling");
        Timed send = nobody.exchange(Exchange.SEND, "long-polling");
        Timed publish = nobody.publish("/a");
        nobody.record(event);
        Timed.end(poll, null);
        return connect != null || handshake != null || poll != null || send != null || publish != null
                || nobody.timesDeliveries();
    }

    private boolean lookOften() {
        boolean any = false;
        for (int n = 0; n < TIMES; n++) {
            any |= look();
        }
        return any;
    }

    @Test
    void nothingIsAllocated() {
        assertFalse(lookOften());
        long before = THREADS.getCurrentThreadAllocatedBytes();
        assertFalse(lookOften());
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        // Less than a bit for each: what the JVM itself does on this thread.
        assertTrue(bytes < TIMES / 8, () -> "%d bytes for %d looks".formatted(bytes, TIMES));
        assertNull(nobody.publish("/a"));
    }
}
