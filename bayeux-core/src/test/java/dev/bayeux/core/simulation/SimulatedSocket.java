package dev.bayeux.core.simulation;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.FullDuplexTransport;
import dev.bayeux.api.spi.Inbox;
import dev.bayeux.api.spi.TransportContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One socket at a time, and what is read from it goes to the inbox. */
final class SimulatedSocket extends SimulatedTransport implements FullDuplexTransport {

    /** A reader that was about to deliver a frame when its socket was closed. */
    private static final long LATE_NS = TimeUnit.SECONDS.toNanos(5);

    private final Inbox inbox;
    private final Deque<Thread> opening = new ArrayDeque<>();
    private @Nullable Connection connection;
    /** Whether it says when it begins to write. */
    private final boolean tells;
    private long closedNs;

    SimulatedSocket(Network network, TransportContext context) {
        super(network, context);
        this.inbox = context.inbox();
        this.tells = world.random.nextBoolean();
    }

    @Override
    String connectionType() {
        return "websocket";
    }

    @Override
    public void send(Batch batch) throws InterruptedException {
        network.taken(batch.text());
        checkUsable();
        network.checkToken(this, connection != null && connection.isOpen());
        List<ClientMessage> messages = ClientMessage.read(batch.text());
        long untilNs = world.nowNs() + batch.limit().toNanos();
        network.sent(this, messages, untilNs);
        try {
            while (!isWritten(connection(untilNs), messages)) {
                checkUsable();
                if (!tells) {
                    throw lost();
                }
                // It has just ended: the next one carries the messages.
            }
            network.written(this, messages, world.nowNs() + batch.limit().toNanos());
        } catch (TransportException failed) {
            network.failed(this, messages, failed);
            network.ended(this, messages, isClosed());
            throw failed;
        } catch (InterruptedException interrupted) {
            network.ended(this, messages, true);
            throw interrupted;
        }
        world.pause();
    }

    private boolean isWritten(Connection open, List<ClientMessage> messages) {
        // It may end before anything is written.
        world.pause();
        if (tells) {
            inbox.writing();
            network.moved(messages);
        }
        return open.write(messages);
    }

    /** Makes a connection if there is none; several threads may want one, and one of them makes it (C-131). */
    private Connection connection(long deadlineNs) throws InterruptedException {
        Thread self = Thread.currentThread();
        opening.addLast(self);
        try {
            // Another one is opened after the end of the last was reported: otherwise the loss would count for the new one.
            if (!world.await(() -> opening.peekFirst() == self
                    && (connection == null || connection.isOpen() || connection.told), deadlineNs)) {
                throw notConnected();
            }
            if (connection == null || !connection.isOpen()) {
                TransportException refusal = network.refusal(place());
                if (refusal != null) {
                    world.sleep(world.between(0, 500));
                    throw refusal;
                }
                if (network.faults.strikes(Fault.STATUS_UNPROCESSED)) {
                    throw network.status();
                }
                world.sleep(world.between(1, 200));
                checkUsable();
                connection = new Connection();
                connection.start();
            }
            return connection;
        } finally {
            opening.remove(self);
            opening.forEach(LockSupport::unpark);
        }
    }

    @Override
    public void close() {
        closedNs = isClosed() ? closedNs : world.nowNs();
        super.close();
        if (connection != null) {
            connection.end(null);
        }
    }

    @Override
    public void dropConnection() {
        Connection silent = connection;
        if (silent != null && silent.isOpen()) {
            silent.end(lost());
            silent.tell();
        }
    }

    @Override
    void breakNow() {
        if (connection != null) {
            connection.end(lost());
        }
    }

    /** One connection; frames keep their order. */
    private final class Connection implements Line {

        private final Deque<List<ServerMessage>> frames = new ArrayDeque<>();
        private @Nullable Thread reader;
        private long lastUpNs = world.nowNs();
        private long lastDownNs = world.nowNs();
        private boolean silent;
        private boolean over;
        private boolean telling;
        private boolean told;
        private @Nullable TransportException reason;

        void start() {
            reader = world.start("socket-reader", SimulatedSocket.this, this::read);
        }

        private void read() {
            try {
                while (!isClosed()) {
                    world.await(() -> over || !frames.isEmpty(), Long.MAX_VALUE);
                    List<ServerMessage> frame = frames.poll();
                    if (frame != null) {
                        network.arrived(SimulatedSocket.this, frame);
                        inbox.received(Network.text(frame));
                    } else if (over) {
                        break;
                    }
                }
            } catch (InterruptedException never) {
                throw new IllegalStateException(never);
            }
            tell();
        }

        /** Once, and before another connection is opened. */
        private void tell() {
            if (!telling && reason != null && !isClosed()) {
                telling = true;
                long atNs = world.nowNs();
                // Once more afterwards: the reaction of the client may be visible before this thread continues.
                network.broken(SimulatedSocket.this, atNs);
                inbox.disconnected(reason);
                network.broken(SimulatedSocket.this, atNs);
            }
            told = true;
            opening.forEach(LockSupport::unpark);
        }

        /** Whether the messages were written, though they may be lost. */
        boolean write(List<ClientMessage> messages) {
            if (over) {
                return false;
            }
            if (!strike()) {
                lastUpNs = Math.max(lastUpNs, world.nowNs() + network.delayNs());
                world.in(lastUpNs - world.nowNs(), () -> {
                    if (!silent && !over) {
                        network.server.receive(messages, this);
                    }
                });
            }
            return true;
        }

        @Override
        public void send(List<ServerMessage> messages) {
            if (messages.isEmpty()) {
                return;
            }
            if (world.random.nextBoolean()) {
                frame(messages);
            } else {
                messages.forEach(message -> frame(List.of(message)));
            }
        }

        private void frame(List<ServerMessage> messages) {
            if (!strike()) {
                int times = network.faults.strikes(Fault.DUPLICATE) ? 2 : 1;
                lastDownNs = Math.max(lastDownNs, world.nowNs() + network.delayNs());
                world.in(lastDownNs - world.nowNs(), () -> {
                    for (int n = 0; n < times && !over && !silent; n++) {
                        frames.add(messages);
                        LockSupport.unpark(reader);
                    }
                    if (isClosed() && world.nowNs() - closedNs < LATE_NS && network.faults.strikes(Fault.SOCKET_LATE)) {
                        // Its reader had the frame when another thread closed the socket. This is no arrival to the rules.
                        world.start("late-reader", SimulatedSocket.this,
                                () -> inbox.received(Network.text(messages)));
                    }
                });
            }
        }

        /** Whether nothing goes through any more. */
        private boolean strike() {
            if (network.faults.strikes(Fault.SOCKET_BROKEN)) {
                end(lost());
            } else if (network.faults.strikes(Fault.SOCKET_SILENT)) {
                silent = true;
            }
            return over || silent;
        }

        void end(@Nullable TransportException why) {
            if (!over) {
                over = true;
                reason = why;
                LockSupport.unpark(reader);
            }
        }

        @Override
        public boolean isOpen() {
            return !over;
        }

        @Override
        public boolean isDuplex() {
            return true;
        }
    }
}
