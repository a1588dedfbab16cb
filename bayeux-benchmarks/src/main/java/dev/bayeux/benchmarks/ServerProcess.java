package dev.bayeux.benchmarks;

import dev.bayeux.benchmarks.server.BenchServer;
import dev.bayeux.benchmarks.server.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A server in a separate process, so that what is measured is the client alone; on another core where that can be. */
final class ServerProcess implements AutoCloseable {

    /** The backend on the class path that logs nothing. */
    static final String SILENT = "org.slf4j.nop.NOPServiceProvider";

    private final ServerSettings settings;
    private final Child child;
    private final URI uri;

    private ServerProcess(ServerSettings settings, Child child, URI uri) {
        this.settings = settings;
        this.child = child;
        this.uri = uri;
    }

    static ServerProcess start(Options options, ServerSettings settings) throws IOException {
        Child child = Child.onServerCore("server", options)
                .java(List.of("-Xms1g", "-Xmx2g", "-XX:+UseSerialGC", "-Dslf4j.provider=" + SILENT),
                        System.getProperty("java.class.path"),
                        BenchServer.class, settings.arguments());
        return new ServerProcess(settings, child, URI.create(child.readLine()));
    }

    URI uri() {
        return uri;
    }

    /** {@return the processor time that it has used} */
    Duration cpu() {
        return child.cpu();
    }

    /** As if the machine had lost its power: no connection is closed politely, no session survives. */
    void kill() {
        child.kill();
    }

    /** Another process at the same port. */
    ServerProcess again(Options options, long firstTick) throws IOException {
        return start(options, settings.again(uri.getPort(), firstTick));
    }

    @Override
    public void close() {
        child.close();
    }
}
