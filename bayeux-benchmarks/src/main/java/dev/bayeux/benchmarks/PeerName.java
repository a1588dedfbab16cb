package dev.bayeux.benchmarks;

import java.util.Arrays;
import java.util.List;

/** A client, over a transport. */
public enum PeerName {

    /** CometD's over Jetty's HTTP client. */
    COMETD_LONG_POLLING("cometd-long-polling"),
    /** Ours over the JDK's HTTP client. */
    JDK_LONG_POLLING("jdk-long-polling"),
    /** Ours over Jetty's HTTP client. */
    JETTY_LONG_POLLING("jetty-long-polling"),
    /** The floor over HTTP: moves bytes, and is no client. */
    FLOOR_LONG_POLLING("floor-long-polling"),
    /** CometD's over Jakarta WebSocket, by Jetty. */
    COMETD_WEBSOCKET("cometd-websocket"),
    /** Ours over the JDK's WebSocket. */
    JDK_WEBSOCKET("jdk-websocket"),
    /** Ours over Jetty's WebSocket. */
    JETTY_WEBSOCKET("jetty-websocket"),
    /** The floor over WebSocket. */
    FLOOR_WEBSOCKET("floor-websocket");

    private final String text;

    PeerName(String text) {
        this.text = text;
    }

    /**
     * {@return all clients over HTTP, CometD's first}
     */
    public static List<PeerName> longPolling() {
        return List.of(COMETD_LONG_POLLING, JDK_LONG_POLLING, JETTY_LONG_POLLING);
    }

    /**
     * {@return the one with this text}
     *
     * @param text as {@link #text} says it
     */
    public static PeerName of(String text) {
        return Arrays.stream(values()).filter(peer -> peer.text.equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "No such peer: %s. There are %s.".formatted(text,
                                Arrays.stream(values()).map(PeerName::text).toList())));
    }

    /**
     * {@return its name; for ours the name of the transport}
     */
    public String text() {
        return text;
    }

    /**
     * {@return whether it is ours}
     */
    public boolean ours() {
        return switch (this) {
            case JDK_LONG_POLLING, JETTY_LONG_POLLING, JDK_WEBSOCKET, JETTY_WEBSOCKET -> true;
            case COMETD_LONG_POLLING, COMETD_WEBSOCKET, FLOOR_LONG_POLLING, FLOOR_WEBSOCKET -> false;
        };
    }

    /**
     * {@return whether it is the floor}
     */
    public boolean floor() {
        return this == FLOOR_LONG_POLLING || this == FLOOR_WEBSOCKET;
    }

    /**
     * {@return whether it goes over a WebSocket}
     */
    public boolean webSocket() {
        return ordinal() >= COMETD_WEBSOCKET.ordinal();
    }

    /**
     * {@return CometD's over the same kind of transport}
     */
    public PeerName rival() {
        return webSocket() ? COMETD_WEBSOCKET : COMETD_LONG_POLLING;
    }
}
