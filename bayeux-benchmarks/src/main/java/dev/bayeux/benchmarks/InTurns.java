package dev.bayeux.benchmarks;

import dev.bayeux.benchmarks.server.ServerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The usual way to measure. For each variant a server is started, and each peer in a separate process, which warms up;
 * then they take turns, round after round, so that whatever else the machine does meets them all. Who is not in turn does
 * nothing but hold a connect.
 *
 * @param name of the scenario
 * @param load what a client does
 * @param peers who takes part
 * @param variants names, and how many messages make a run
 * @param rounds how many turns
 * @param server how the server of a variant is started
 */
record InTurns(String name, String load, List<PeerName> peers, Map<String, Integer> variants, int rounds,
        Function<String, ServerSettings> server) implements Scenario {

    @Override
    public void run(Options options, Results results) throws Exception {
        for (Map.Entry<String, Integer> variant : variants.entrySet()) {
            if (options.wantsVariant(variant.getKey())) {
                run(options, results, variant.getKey(), options.size(variant.getValue()));
            }
        }
    }

    private void run(Options options, Results results, String variant, int size) throws Exception {
        Map<PeerName, ClientProcess> clients = new LinkedHashMap<>();
        List<AutoCloseable> open = new ArrayList<>();
        try (ServerProcess process = ServerProcess.start(options, server.apply(variant))) {
            for (PeerName peer : peers.stream().filter(options::wants).toList()) {
                ClientProcess client = ClientProcess.start(options,
                        new ClientProcess.Job(name, load, peer, variant, size), process.uri());
                open.add(client);
                clients.put(peer, client);
                client.warmUp();
            }
            for (int round = 1; round <= options.rounds(rounds); round++) {
                for (Map.Entry<PeerName, ClientProcess> client : clients.entrySet()) {
                    Duration before = process.cpu();
                    Map<String, Double> figures = client.getValue().run("run");
                    if (figures.containsKey("msgPerS")) {
                        figures.put("serverCpuUsPerMsg", process.cpu().minus(before).toNanos() / 1e3 / size);
                    }
                    results.add(new Result(name, variant, client.getKey(), round, figures));
                }
            }
            for (AutoCloseable client : open) {
                client.close();
            }
        }
    }
}
