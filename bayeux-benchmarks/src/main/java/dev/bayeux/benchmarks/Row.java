package dev.bayeux.benchmarks;

/**
 * A line of the table.
 *
 * @param scenario its name
 * @param variant of the scenario
 * @param webSocket over which kind of transport
 * @param figure which one
 * @param unit what the figure is
 * @param scale by which it is multiplied to be shown in that unit
 * @param goal what to reach
 */
record Row(String scenario, String variant, boolean webSocket, String figure, String unit, double scale, Goal goal) {

    Row(String scenario, String variant, boolean webSocket, String figure, String unit, Goal goal) {
        this(scenario, variant, webSocket, figure, unit, 1, goal);
    }

    /** Who is shown, CometD's first. */
    PeerName peer(int column) {
        return PeerName.values()[(webSocket ? PeerName.COMETD_WEBSOCKET : PeerName.COMETD_LONG_POLLING).ordinal()
                + column];
    }

    String title() {
        return "%s %s, %s".formatted(scenario, variant, webSocket ? "WebSocket" : "long-polling");
    }
}
