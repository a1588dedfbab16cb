package dev.bayeux.benchmarks.client;

import dev.bayeux.benchmarks.client.Peer.View;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Many events for one client, so many in a reply as the variant says; or 100, and the variant says what is looked at. */
final class FanInLoad extends PeerLoad {

    private static final String CHANNEL = "/prices/eu";

    private final int batch;
    private final Semaphore arrived = new Semaphore(0);
    private int missing;

    FanInLoad(Subject subject) throws Exception {
        super(subject);
        boolean numbered = Character.isDigit(subject.variant().charAt(0));
        batch = numbered ? subject.variantNumber() : 100;
        View view = numbered ? View.NOTHING : View.valueOf(subject.variant().toUpperCase(Locale.ROOT));
        peer.subscribe(CHANNEL, view, this::arrived);
    }

    /** One after the other, on a thread of the client. */
    private void arrived(long value) {
        if (value < 0) {
            throw new IllegalStateException("Not an event of this server: " + value);
        }
        if (--missing == 0) {
            arrived.release();
        }
    }

    @Override
    public Map<String, Double> run(String command) throws Exception {
        missing = size;
        Meter meter = new Meter();
        peer.publish("/service/burst", Map.of("channel", CHANNEL, "count", size, "batch", batch));
        if (!arrived.tryAcquire(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("Of %d messages %d have not arrived.".formatted(size, missing));
        }
        return meter.figures(size);
    }
}
