package dev.bayeux.core;

import dev.bayeux.core.runtime.OwnedThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The threads of one client that {@code close()} waits for, beside those of the subscriptions. Says whether the calling
 * thread is one of them, and waits for their end.
 */
final class ClientThreads {

    private final List<OwnedThreads> protocol = new ArrayList<>();
    private final List<OwnedThreads> others = new ArrayList<>();

    /** Adds threads on which the protocol waits: code of the program that runs there cannot wait for the protocol. */
    void addProtocol(OwnedThreads threads) {
        protocol.add(threads);
    }

    void add(OwnedThreads threads) {
        others.add(threads);
    }

    /** {@return whether the protocol waits on the calling thread} */
    boolean isProtocol() {
        return protocol.stream().anyMatch(OwnedThreads::isCurrent);
    }

    boolean isOurs() {
        return isProtocol() || others.stream().anyMatch(OwnedThreads::isCurrent);
    }

    void joinAll(long deadlineNs) {
        OwnedThreads.join(Stream.concat(protocol.stream(), others.stream()).toList(), deadlineNs);
    }
}
