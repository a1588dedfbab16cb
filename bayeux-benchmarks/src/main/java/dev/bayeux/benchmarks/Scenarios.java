package dev.bayeux.benchmarks;

import dev.bayeux.benchmarks.server.ServerSettings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that is measured. */
final class Scenarios {

    private static final List<PeerName> ALL = Arrays.asList(PeerName.values());
    private static final List<PeerName> CLIENTS = ALL.stream().filter(peer -> !peer.floor()).toList();

    private Scenarios() {
    }

    static List<Scenario> all() {
        return List.of(fanIn(), saturated(), publish(), roundTrip(), batch(), new Start(), new Outage(), typed(),
                new Idle(), order(), new Curves());
    }

    /** Events for one client, so many in a reply or frame. A tenth or less of them one by one, which takes longest. */
    private static Scenario fanIn() {
        return new InTurns("fanin", "fanin", ALL,
                ordered("1", 10_000, "10", 100_000, "100", 200_000, "1-ack", 10_000, "1-young", 10_000), 3,
                Scenarios::settings);
    }

    /** The same, 100 in a reply, when the handler looks at the text, at a field of the JSON, or at a record. */
    private static Scenario typed() {
        return new InTurns("typed", "typed", PeerName.longPolling(),
                ordered("text", 100_000, "field", 100_000, "record", 100_000), 2, view -> ServerSettings.DEFAULT);
    }

    /** So many callers at once, each of which waits for its answer. */
    private static Scenario publish() {
        return new InTurns("publish", "publish", ALL, ordered("64", 30_000), 3, callers -> ServerSettings.DEFAULT);
    }

    /** So many publishes at once that do not wait for each other. */
    private static Scenario order() {
        return new InTurns("order", "order", CLIENTS, ordered("200", 200, "2000", 2_000), 2,
                count -> ServerSettings.DEFAULT);
    }

    /** Batches that the caller makes, of so many. */
    private static Scenario batch() {
        return new InTurns("batch", "batch", ALL, ordered("100", 100_000), 3, size -> ServerSettings.DEFAULT);
    }

    /** Batches of 100 that the caller makes without waiting, while so many messages are unanswered. */
    private static Scenario saturated() {
        return new InTurns("saturated", "saturated", ALL, ordered("1000", 50_000, "1000-young", 50_000), 3,
                inFlight -> ServerSettings.DEFAULT);
    }

    /** From a publish to its own delivery. */
    private static Scenario roundTrip() {
        return new InTurns("roundtrip", "roundtrip", ALL, ordered("1", 4_000, "1-ack", 4_000, "1-young", 4_000), 3,
                Scenarios::settings);
    }

    /** The server of a variant such as "10-ack": so many messages in a frame, acknowledged. */
    private static ServerSettings settings(String variant) {
        ServerSettings plain = ServerSettings.DEFAULT.withMessagesPerFrame(Integer.parseInt(variant.split("-")[0]));
        return variant.endsWith(ClientProcess.ACKNOWLEDGED) ? plain.withAcknowledge() : plain;
    }

    private static Map<String, Integer> ordered(Object... namesAndSizes) {
        Map<String, Integer> variants = new LinkedHashMap<>();
        for (int n = 0; n < namesAndSizes.length; n += 2) {
            variants.put((String) namesAndSizes[n], (Integer) namesAndSizes[n + 1]);
        }
        return variants;
    }
}
