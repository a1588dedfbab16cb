package dev.bayeux.benchmarks;

import dev.bayeux.benchmarks.client.OutageLoad;
import dev.bayeux.benchmarks.server.ServerSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The server is killed, for so many seconds, with 200 clients that receive. */
final class Outage implements Scenario {

    private static final List<Integer> SECONDS = List.of(2, 10);
    private static final int CLIENTS = 200;
    private static final int ROUNDS = 2;

    @Override
    public String name() {
        return "outage";
    }

    @Override
    public void run(Options options, Results results) throws Exception {
        for (PeerName peer : PeerName.longPolling().stream().filter(options::wants).toList()) {
            run(options, results, peer);
        }
    }

    private void run(Options options, Results results, PeerName peer) throws Exception {
        ServerProcess server = ServerProcess.start(options, ServerSettings.DEFAULT.withTicks(2, 0));
        long generation = 0;
        try (ClientProcess client = ClientProcess.start(options,
                new ClientProcess.Job(name(), name(), peer, "all", CLIENTS), server.uri())) {
            for (int round = 1; round <= options.rounds(ROUNDS); round++) {
                for (int seconds : SECONDS) {
                    if (!options.wantsVariant(Integer.toString(seconds)) || round > 1 && seconds > SECONDS.getFirst()) {
                        continue;
                    }
                    client.run("down");
                    server.kill();
                    new CountDownLatch(1).await(seconds, TimeUnit.SECONDS); // the outage itself
                    server = server.again(options, ++generation * OutageLoad.TICKS_OF_A_PROCESS);
                    long ready = System.nanoTime();
                    Map<String, Double> figures = new LinkedHashMap<>(client.run("up"));
                    figures.putAll(client.run("all " + generation));
                    figures.put("recoveryS", (System.nanoTime() - ready) / 1e9);
                    results.add(new Result(name(), Integer.toString(seconds), peer, round, figures));
                }
            }
            client.kill();
        } finally {
            server.close();
        }
    }
}
