package dev.bayeux.core.protocol;

/**
 * Limits the bytes of the next batch, and of all batches in flight. Over request and response one batch is in flight at a
 * time, so batches grow while the server answers full ones, up to {@code maxRequestBytes}; a batch that fails,
 * or that is refused as too long, reverses the growth. Over a full-duplex connection several batches may be in flight;
 * each of them is no longer than one that the server has answered, so that none of them can be too long. A new connection
 * starts with the first size: it may lead to another server.
 */
final class BatchSize {

    /** Salesforce refuses longer requests (C-53), and CometD closes a WebSocket for messages of twice this size. */
    static final int FIRST_BYTES = 32_768;

    /** The most bytes in flight over a full-duplex connection. */
    static final long MAX_IN_FLIGHT_BYTES = 8L * FIRST_BYTES;

    private final int limit;
    private int connection;
    private int most;
    private int bytes;
    private int answered;

    BatchSize(int limit) {
        this.limit = limit;
        begin(0);
    }

    private void begin(int newConnection) {
        connection = newConnection;
        most = limit;
        bytes = Math.min(limit, FIRST_BYTES);
        answered = 0;
    }

    /** {@return the most bytes of a batch that is alone in flight} */
    int alone(int onConnection) {
        if (onConnection != connection) {
            begin(onConnection);
        }
        return bytes;
    }

    /** {@return the most bytes of a batch that joins others in flight; 0 if the server has answered only small batches} */
    int beside(int onConnection) {
        return onConnection == connection && answered >= bytes / 2 ? Math.min(answered, bytes) : 0;
    }

    void answered(Exchange batch) {
        if (batch.connection() != connection || !batch.isBatch()) {
            return;
        }
        answered = Math.max(answered, batch.bytes());
        // Over full duplex the next batch need not wait, and frames have lower limits than requests.
        if (!batch.isWritten() && batch.bytes() > bytes / 2) {
            bytes = (int) Math.min(most, 2L * bytes);
        }
    }

    /**
     * Records that a batch has failed. If it was larger than any that the server has answered, its size may be the reason.
     */
    void failed(Exchange batch) {
        if (batch.connection() == connection && batch.isBatch() && batch.bytes() > Math.max(answered, FIRST_BYTES)) {
            most = Math.min(most, Math.max(answered, FIRST_BYTES));
            bytes = Math.min(bytes, most);
        }
    }
}
