package dev.bayeux.core.simulation;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What lies between the client's transports and the server. */
final class Network {

    private static final int[] STATUS = {503, 502, 500, 429, 408, 404, 400};

    final World world;
    final Faults faults;
    final SimulatedServer server;
    private final List<Wire> watchers;
    private final List<SimulatedTransport> open = new ArrayList<>();
    private final Set<URI> deaf = new HashSet<>();
    private final Set<URI> busy = new HashSet<>();
    private boolean down;
    /** The credentials of the client, {@code null} if no server asks for them. */
    private @Nullable Tokens tokens;
    /** After how many messages the next reply with deliveries is cut off; negative if none is. */
    private int cutAfter = -1;
    /** The part of a message where the last reply was cut off. */
    private String lastCut = "";

    Network(World world, Faults faults, SimulatedServer server, List<Wire> watchers) {
        this.world = world;
        this.faults = faults;
        this.server = server;
        this.watchers = watchers;
    }

    /** From now on each request, and each upgrade, needs a token. */
    void guardedBy(Tokens newTokens) {
        tokens = newTokens;
    }

    /** Lets a request pass, or answers it in place of the server; what goes over an open socket has passed with its upgrade. */
    void checkToken(SimulatedTransport transport, boolean passed) throws InterruptedException {
        Tokens guard = tokens;
        TransportException refusal = guard == null ? null : guard.refusal(transport.token(), passed);
        if (refusal != null) {
            world.trace.add(world, "<- " + refusal.getMessage());
            watchers.forEach(Wire::unauthorized);
            world.sleep(world.between(1, 200));
            transport.checkUsable();
            throw refusal;
        }
    }

    TransportProvider polling() {
        return provider("long-polling", context -> new SimulatedPolling(this, context));
    }

    TransportProvider socket() {
        return provider("websocket", context -> new SimulatedSocket(this, context));
    }

    private <T extends SimulatedTransport & Transport> TransportProvider provider(String connectionType,
            Function<TransportContext, T> opening) {
        return new TransportProvider() {
            @Override
            public String name() {
                return "simulated-" + connectionType;
            }

            @Override
            public String connectionType() {
                return connectionType;
            }

            @Override
            public Transport open(TransportContext context) {
                T transport = opening.apply(context);
                open.add(transport);
                return transport;
            }
        };
    }

    /** Whether something is open that should be closed when a client is. */
    boolean isInUse() {
        return open.stream().anyMatch(transport -> !transport.isClosed());
    }

    long delayNs() {
        return faults.strikes(Fault.DELAY) ? world.between(1, 15_000) : world.between(1, 100);
    }

    /** The next reply of several messages is cut off after so many. */
    void cutNextAfter(int messages) {
        cutAfter = messages;
    }

    /**
     * Whether a network may cut a reply off so: not where it has cut off the last one, within the same delivery. The client
     * treats that as a broken message, skips it and reports it.
     */
    boolean cuts(String cut, List<ServerMessage> replies) {
        String broken = cut.substring(Math.min(cut.length(), cutBehind(replies, wholeCount(cut, replies)).length()));
        boolean same = !broken.isEmpty() && broken.equals(lastCut);
        lastCut = broken.isEmpty() ? lastCut : broken;
        return !same;
    }

    /** The text of a reply: all of it, but for one that a scene wants to be cut off. */
    String sentText(List<ServerMessage> replies) {
        if (cutAfter < 0 || replies.size() <= cutAfter) {
            return text(replies);
        }
        int count = cutAfter;
        cutAfter = -1;
        return cutBehind(replies, count);
    }

    private boolean refuses(URI place) {
        return down || deaf.contains(place) && !faults.areOver() || faults.strikes(Fault.CONNECTION_REFUSED);
    }

    /**
     * One of the server's places cannot be reached for some time, and what is open to it is lost; or all that the client
     * has been at, some of which say how long they want to be left alone.
     */
    void goDeaf(long ns) {
        boolean all = world.random.nextBoolean();
        List<URI> places = open.stream().filter(transport -> all || !transport.isClosed())
                .map(SimulatedTransport::place).distinct().toList();
        for (URI place : all || places.isEmpty() ? places : List.of(places.getFirst())) {
            deaf.add(place);
            if (all && world.random.nextInt(4) > 0) {
                busy.add(place);
            }
            open.stream().filter(each -> each.place().equals(place)).forEach(SimulatedTransport::breakNow);
            world.in(ns, () -> {
                deaf.remove(place);
                busy.remove(place);
            });
        }
    }

    /** What keeps a client from reaching a place, {@code null} if nothing does. */
    @Nullable
    TransportException refusal(URI place) {
        if (!refuses(place)) {
            return null;
        }
        return busy.contains(place)
                ? TransportException.ofStatus(503, Duration.ofSeconds(world.random.nextLong(20, 120)), "busy")
                : SimulatedTransport.notConnected();
    }

    TransportException status() {
        int status = STATUS[world.random.nextInt(STATUS.length)];
        boolean busy = (status == 503 || status == 429) && world.random.nextBoolean();
        Duration wait = busy ? Duration.ofSeconds(world.random.nextLong(1, 40)) : null;
        return TransportException.ofStatus(status, wait, "status %d, retry after %s".formatted(status, wait));
    }

    TransportException processedStatus() {
        int status = world.random.nextBoolean() ? 500 : 504;
        return TransportException.ofStatus(status, null, "status " + status);
    }

    /** As if the process had been killed: no open exchange of a client continues. */
    void forgetAll() {
        open.forEach(world::freeze);
        breakAll(0);
        open.clear();
    }

    /** All connections are lost, and none can be made for some time. */
    void breakAll(long downNs) {
        down = downNs > 0;
        open.forEach(SimulatedTransport::breakNow);
        if (down) {
            world.in(downNs, () -> down = false);
        }
    }

    // For the rules

    void taken(String text) {
        List<ClientMessage> messages = ClientMessage.read(text);
        watchers.forEach(watcher -> watcher.taken(messages));
    }

    void sent(SimulatedTransport transport, List<ClientMessage> messages, long untilNs) {
        if (world.trace.isKept()) {
            world.trace.add(world, "-> " + describe(messages));
        }
        watchers.forEach(watcher -> watcher.sent(transport, transport.connectionType(), messages, untilNs));
    }

    void moved(List<ClientMessage> messages) {
        watchers.forEach(watcher -> watcher.moved(messages));
    }

    void written(SimulatedTransport transport, List<ClientMessage> messages, long untilNs) {
        watchers.forEach(watcher -> watcher.written(transport, messages, untilNs));
    }

    void ended(SimulatedTransport transport, List<ClientMessage> messages, boolean givenUp) {
        watchers.forEach(watcher -> watcher.ended(transport, messages, givenUp));
    }

    void failed(SimulatedTransport transport, List<ClientMessage> messages, TransportException failure) {
        world.trace.add(world, "<- " + failure.getMessage());
        failure.retryAfter().ifPresent(wait -> watchers
                .forEach(watcher -> watcher.retryAfter(transport, messages, wait.toNanos())));
    }

    void arrived(SimulatedTransport transport, List<ServerMessage> messages) {
        if (world.trace.isKept()) {
            world.trace.add(world, "<- " + text(messages));
        }
        watchers.forEach(watcher -> watcher.arrived(transport, messages));
    }

    void broken(SimulatedTransport transport, long atNs) {
        watchers.forEach(watcher -> watcher.broken(transport, atNs));
    }

    private static String describe(List<ClientMessage> messages) {
        return messages.stream().map(message -> message.json().toString()).collect(Collectors.joining(" "));
    }

    /** Which messages count when the text of all of them ends too early: whole ones, and no reply that says all is there. */
    static List<ServerMessage> wholeIn(String cut, List<ServerMessage> messages) {
        return messages.subList(0, wholeCount(cut, messages)).stream().filter(message -> !message.isBeat()).toList();
    }

    private static int wholeCount(String cut, List<ServerMessage> messages) {
        int count = 0;
        while (count < messages.size() && cut.length() >= cutBehind(messages, count + 1).length()) {
            count++;
        }
        return count;
    }

    /** The text of all messages, cut after so many. */
    static String cutBehind(List<ServerMessage> messages, int count) {
        String begin = text(messages.subList(0, count));
        return begin.substring(0, begin.length() - 1);
    }

    static String text(List<ServerMessage> messages) {
        return messages.stream().map(ServerMessage::json).collect(Collectors.joining(",", "[", "]"));
    }
}
