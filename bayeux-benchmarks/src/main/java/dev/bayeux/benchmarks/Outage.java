package dev.bayeux.benchmarks;

import dev.bayeux.benchmarks.client.OutageLoad;
import dev.bayeux.benchmarks.server.ServerSettings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The server is killed, for so many seconds, with 200 clients that receive. */
final class Outage implements Scenario {

    /** The seconds of each outage; in the last ones the clients log. */
    private static final List<String> SILENT = List.of("2", "10");
    private static final List<String> LOGGED = List.of("2" + ClientProcess.LOGGED);
    private static final int CLIENTS = 200;
    private static final int ROUNDS = 2;

    /** So many that are not measured come first: else it would be the compiler that is. */
    private static final int WARM_UPS = 3;
    private static final int WARM_UP_SECONDS = 1;

    @Override
    public String name() {
        return "outage";
    }

    @Override
    public void run(Options options, Results results) throws Exception {
        for (List<String> variants : List.of(SILENT, LOGGED)) {
            for (PeerName peer : PeerName.longPolling().stream().filter(options::wants).toList()) {
                if (variants.stream().anyMatch(options::wantsVariant)) {
                    run(options, results, variants, peer);
                }
            }
        }
    }

    private void run(Options options, Results results, List<String> variants, PeerName peer) throws Exception {
        try (Struck struck = new Struck(options, peer, variants.getLast())) {
            struck.client.warmUp();
            for (int n = 0; n < (options.quick() ? 0 : WARM_UPS); n++) {
                struck.outage(WARM_UP_SECONDS);
            }
            for (int round = 1; round <= options.rounds(ROUNDS); round++) {
                for (String variant : variants) {
                    if (options.wantsVariant(variant) && (round == 1 || variant.equals(variants.getFirst()))) {
                        results.add(new Result(name(), variant, peer, round,
                                struck.outage(Integer.parseInt(variant.split("-")[0]))));
                    }
                }
            }
        }
    }

    /** The clients of one peer, and their server. */
    private final class Struck implements AutoCloseable {

        private final Options options;
        private final ClientProcess client;
        private ServerProcess server;
        private long generation;

        Struck(Options options, PeerName peer, String variant) throws IOException {
            this.options = options;
            server = ServerProcess.start(options, ServerSettings.DEFAULT.withTicks(2, 0));
            client = ClientProcess.start(options, new ClientProcess.Job(name(), name(), peer, variant, CLIENTS),
                    server.uri());
        }

        Map<String, Double> outage(int seconds) throws IOException, InterruptedException {
            client.run("down");
            server.kill();
            new CountDownLatch(1).await(seconds, TimeUnit.SECONDS); // the outage itself
            server = server.again(options, ++generation * OutageLoad.TICKS_OF_A_PROCESS);
            long ready = System.nanoTime();
            Map<String, Double> figures = new LinkedHashMap<>(client.run("up"));
            figures.putAll(client.run("all " + generation));
            figures.put("recoveryS", (System.nanoTime() - ready) / 1e9);
            return figures;
        }

        @Override
        public void close() {
            client.kill();
            client.close();
            server.close();
        }
    }
}
