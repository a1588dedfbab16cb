package dev.bayeux.benchmarks;

import dev.bayeux.benchmarks.server.ServerSettings;
import java.util.List;
import java.util.Map;

/** Many clients in one process that do nothing but hold their connects. Each run is a separate process. */
final class Idle implements Scenario {

    private static final List<Integer> CLIENTS = List.of(100, 1_000, 5_000);
    private static final int ROUNDS = 2;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public void run(Options options, Results results) throws Exception {
        for (int count : CLIENTS) {
            String variant = Integer.toString(count);
            if (!options.wantsVariant(variant) || options.quick() && count > 1_000) {
                continue;
            }
            for (int round = 1; round <= options.rounds(count > 1_000 ? 1 : ROUNDS); round++) {
                for (PeerName peer : PeerName.longPolling().stream().filter(options::wants).toList()) {
                    results.add(new Result(name(), variant, peer, round, measure(options, peer, variant)));
                }
            }
        }
    }

    /** A separate server, too: what is left of thousands of sessions would be a burden for the next peer. */
    private Map<String, Double> measure(Options options, PeerName peer, String variant) throws Exception {
        try (ServerProcess server = ServerProcess.start(options, ServerSettings.DEFAULT);
                ClientProcess client = ClientProcess.start(options,
                        new ClientProcess.Job(name(), name(), peer, variant, 0), server.uri())) {
            client.warmUp();
            Map<String, Double> figures = client.run("run");
            client.kill();
            return figures;
        }
    }
}
