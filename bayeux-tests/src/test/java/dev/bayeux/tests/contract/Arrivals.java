package dev.bayeux.tests.contract;

import java.time.Duration;

/** The inbox of the contracts for tests of other packages, which do not mind whether texts or ends of connections come. */
public final class Arrivals extends RecordingInbox {

    public Arrivals(Duration patience) {
        super(patience);
    }

    /** Waits for the next text, or the reason why the connection has ended. */
    public Object take() throws InterruptedException {
        return next();
    }
}
