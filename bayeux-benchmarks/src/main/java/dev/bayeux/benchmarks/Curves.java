package dev.bayeux.benchmarks;

import dev.bayeux.benchmarks.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How costs grow with the number of subscriptions, subscribers, bytes, fields and clients; draws a picture of each. */
final class Curves implements Scenario {

    private static final List<PeerName> PEERS = List.of(PeerName.JETTY_LONG_POLLING, PeerName.COMETD_LONG_POLLING);
    private static final List<Integer> SUBSCRIPTIONS = List.of(1, 10, 100, 1_000, 10_000);
    private static final String CPU = "cpuWithoutCompilersUsPerMsg";
    private static final String CPU_UNIT = "CPU µs a message";

    /**
     * A picture.
     *
     * @param file its name without ending
     * @param lines by the word that the load knows, with what it is called
     * @param numbers the points
     * @param figure which one
     * @param cometd whether CometD's client is in the picture
     */
    private record Drawn(String file, String title, String across, String up, Map<String, String> lines,
            List<Integer> numbers, String figure, boolean cometd) {}

    private static final List<Drawn> DRAWN = List.of(
            new Drawn("curve-subscriptions", "A message for one of many subscriptions", "subscriptions of the client",
                    CPU_UNIT, ordered("exact", "exact", "star", "*", "starstar", "**"), SUBSCRIPTIONS, CPU, true),
            // CometD's client says nothing of a second subscription to a channel.
            new Drawn("curve-subscribers", "A message for many subscribers", "subscribers of the channel",
                    "CPU µs a delivery", Map.of("subscribers", ""), List.of(1, 10, 100, 1_000), "cpuUsPerDelivery",
                    false),
            new Drawn("curve-bytes", "Long messages", "bytes of a message", CPU_UNIT, Map.of("bytes", ""),
                    List.of(100, 1_000, 10_000, 100_000, 1_000_000), CPU, true),
            new Drawn("curve-fields", "Records with many fields", "numbers in the record", CPU_UNIT,
                    Map.of("fields", ""), List.of(10, 100, 1_000), CPU, true));

    private static Map<String, String> ordered(String... names) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int n = 0; n < names.length; n += 2) {
            all.put(names[n], names[n + 1]);
        }
        return all;
    }

    @Override
    public String name() {
        return "curves";
    }

    @Override
    public void run(Options options, Results results) throws Exception {
        for (Drawn drawn : DRAWN) {
            if (options.wantsVariant(drawn.file())) {
                List<Picture.Curve> curves = new ArrayList<>();
                for (PeerName peer : PEERS) {
                    if (options.wants(peer) && (drawn.cometd() || peer.ours())) {
                        curves.addAll(measure(options, results, drawn, peer));
                    }
                }
                draw(options, drawn.file(), new Picture(drawn.title(), drawn.across(), drawn.up(), curves));
            }
        }
    }

    private List<Picture.Curve> measure(Options options, Results results, Drawn drawn, PeerName peer)
            throws Exception {
        List<Picture.Curve> curves = new ArrayList<>();
        try (ServerProcess server = ServerProcess.start(options, ServerSettings.DEFAULT)) {
            for (Map.Entry<String, String> line : drawn.lines().entrySet()) {
                List<Picture.Point> points = new ArrayList<>();
                try (ClientProcess client = ClientProcess.start(options,
                        new ClientProcess.Job(name(), name(), peer, line.getKey(), 0), server.uri())) {
                    // The first point would else be that of a young process.
                    client.run(line.getKey() + " " + drawn.numbers().getFirst());
                    for (int number : drawn.numbers()) {
                        Map<String, Double> figures = client.run(line.getKey() + " " + number);
                        results.add(new Result(name(), line.getKey() + " " + number, peer, 1, figures));
                        points.add(new Picture.Point(number, figures.get(drawn.figure())));
                    }
                }
                curves.add(new Picture.Curve(
                        ((peer.ours() ? "ours, Jetty " : "CometD ") + line.getValue()).trim(), points));
            }
        }
        return curves;
    }

    private static void draw(Options options, String file, Picture picture) throws IOException {
        Path place = options.write()
                ? options.document().resolveSibling("images")
                : options.directory();
        Files.writeString(Files.createDirectories(place).resolve(file + ".svg"), picture.svg());
    }
}
