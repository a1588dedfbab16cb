package dev.bayeux.benchmarks;

import dev.bayeux.benchmarks.client.StartMain;
import dev.bayeux.benchmarks.server.ServerSettings;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A whole program, from its command to its first delivery, with nothing on its class path but what it needs. */
final class Start implements Scenario {

    private static final int ROUNDS = 5;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public void run(Options options, Results results) throws Exception {
        List<PeerName> peers = Arrays.stream(PeerName.values()).filter(options::wants).toList();
        Map<PeerName, Closure> closures = new LinkedHashMap<>();
        for (PeerName peer : peers) {
            closures.put(peer, Closure.of(peer, options.directory().resolve("jars")));
        }
        try (ServerProcess server = ServerProcess.start(options, ServerSettings.DEFAULT)) {
            for (PeerName peer : peers) {
                measure(options, peer, closures.get(peer), server.uri()); // the server is cold, and the files
            }
            for (int round = 1; round <= options.rounds(ROUNDS); round++) {
                for (PeerName peer : peers) {
                    results.add(new Result(name(), "process", peer, round,
                            measure(options, peer, closures.get(peer), server.uri())));
                }
            }
        }
    }

    private static Map<String, Double> measure(Options options, PeerName peer, Closure closure, URI server)
            throws IOException {
        String own = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.contains("bayeux-benchmarks")).findFirst().orElseThrow();
        String classPath = own + File.pathSeparator + closure.classPath();
        long begun = System.nanoTime();
        try (Child child = Child.onClientCore("start-" + peer.text(), options).java(List.of(), classPath,
                StartMain.class, List.of(peer.text(), server.toString()))) {
            child.readLine();
            double millis = (System.nanoTime() - begun) / 1e6;
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("startMs", millis);
            figures.put("jars", (double) closure.jars().size());
            figures.put("closureBytes", (double) closure.bytes());
            return figures;
        }
    }
}
