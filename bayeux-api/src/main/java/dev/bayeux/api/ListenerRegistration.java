package dev.bayeux.api;

/** Holds a listener in place. */
@FunctionalInterface
public interface ListenerRegistration extends AutoCloseable {

    /** Removes the listener: it is not called for events that happen after this. May be called again. */
    @Override
    void close();
}
