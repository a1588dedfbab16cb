package dev.bayeux.benchmarks;

import java.io.File;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/**
 * The jars that a program needs at run time: what the descriptors of its modules require, found on our own class path. A
 * module that is not packed yet is packed first, so that all are weighed alike.
 *
 * @param jars all of them
 */
record Closure(List<Path> jars) {

    private static final List<String> OURS = List.of("dev.bayeux.core", "org.eclipse.parsson", "org.eclipse.yasson");
    private static final List<String> COMETDS = List.of("org.eclipse.jetty.util.ajax");

    static Closure of(PeerName peer, Path directory) throws IOException {
        List<String> roots = new ArrayList<>(peer.ours() ? OURS : peer.floor() ? List.of("org.jspecify") : COMETDS);
        roots.addAll(switch (peer) {
            case JDK_LONG_POLLING, JDK_WEBSOCKET -> List.of("dev.bayeux.transport.jdk");
            case JETTY_LONG_POLLING, JETTY_WEBSOCKET -> List.of("dev.bayeux.transport.jetty");
            case FLOOR_LONG_POLLING, FLOOR_WEBSOCKET -> List.of();
            case COMETD_LONG_POLLING -> List.of("org.cometd.client.http.jetty");
            case COMETD_WEBSOCKET ->
                List.of("org.cometd.client.websocket.jakarta", "org.eclipse.jetty.ee10.websocket.jakarta.client");
        });
        List<Path> jars = new ArrayList<>();
        for (URI place : places(roots)) {
            jars.add(packed(Path.of(place), directory));
        }
        return new Closure(jars.stream().sorted().toList());
    }

    private static List<URI> places(List<String> roots) {
        Path[] modules = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of)
                .filter(Closure::isModule).toArray(Path[]::new);
        return Configuration.empty()
                .resolve(ModuleFinder.of(modules), ModuleFinder.ofSystem(), roots).modules().stream()
                .map(module -> module.reference().location().orElseThrow())
                .filter(place -> place.getScheme().equals("file")).toList();
    }

    private static boolean isModule(Path path) {
        try {
            return !ModuleFinder.of(path).findAll().isEmpty();
        } catch (FindException notOne) {
            return false;
        }
    }

    private static Path packed(Path place, Path directory) throws IOException {
        if (!Files.isDirectory(place)) {
            return place;
        }
        Path jar = Files.createDirectories(directory).resolve(place.getParent().getParent().getFileName() + ".jar");
        int status = ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err, "--create", "--file",
                jar.toString(), "-C", place.toString(), ".");
        if (status != 0) {
            throw new IOException("Cannot pack " + place);
        }
        return jar;
    }

    long bytes() throws IOException {
        long bytes = 0;
        for (Path jar : jars) {
            bytes += Files.size(jar);
        }
        return bytes;
    }

    String classPath() {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
