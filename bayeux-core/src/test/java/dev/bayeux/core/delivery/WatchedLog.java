package dev.bayeux.core.delivery;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What is written to one logger, kept from the console. */
public final class WatchedLog implements AutoCloseable {

    static {
        // System.Logger writes to java.util.logging, which the engine itself does not read.
        WatchedLog.class.getModule().addReads(ModuleLayer.boot().findModule("java.logging").orElseThrow());
    }

    /** The messages, in order. */
    public final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final Logger logger;
    private volatile boolean broken;

    /** Watches from now on, whatever the level. */
    public WatchedLog(String name) {
        logger = Logger.getLogger(name);
        logger.setLevel(Level.ALL);
        logger.setFilter(record -> {
            messages.add(record.getMessage());
            if (broken) {
                throw new IllegalStateException("log");
            }
            return false;
        });
    }

    /** From now on only this level and those above are wanted. */
    public void only(Level level) {
        logger.setLevel(level);
    }

    /** From now on writing to it throws. */
    public void breakIt() {
        broken = true;
    }

    @Override
    public void close() {
        logger.setFilter(null);
        logger.setLevel(null);
    }
}
