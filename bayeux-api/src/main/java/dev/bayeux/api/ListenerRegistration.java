package dev.bayeux.api;

/** Represents a listener that was added. Closing it removes the listener. Safe for use by any number of threads. */
@FunctionalInterface
public interface ListenerRegistration extends AutoCloseable {

    /** Removes the listener. The client does not call it for later events. May be called again. */
    @Override
    void close();
}
