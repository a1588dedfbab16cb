package dev.bayeux.core.simulation;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.TransportContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Requests and responses. */
final class SimulatedPolling extends SimulatedTransport implements RequestResponseTransport {

    private final List<Exchange> underWay = new ArrayList<>();

    SimulatedPolling(Network network, TransportContext context) {
        super(network, context);
    }

    @Override
    String connectionType() {
        return "long-polling";
    }

    @Override
    public String exchange(Batch batch) throws InterruptedException {
        network.taken(batch.text());
        checkUsable();
        network.checkToken(this, false);
        List<ClientMessage> messages = ClientMessage.read(batch.text());
        Exchange exchange = new Exchange(messages);
        underWay.add(exchange);
        long untilNs = world.nowNs() + batch.limit().toNanos();
        network.sent(this, messages, untilNs);
        try {
            exchange.begin();
            boolean inTime = world.await(exchange::isOver, untilNs);
            return exchange.result(inTime);
        } finally {
            exchange.abandoned = true;
            underWay.remove(exchange);
            network.ended(this, messages, exchange.isGivenUp());
            world.pause();
        }
    }

    @Override
    public void close() {
        super.close();
        List.copyOf(underWay).forEach(Exchange::close);
    }

    @Override
    void breakNow() {
        List.copyOf(underWay).forEach(exchange -> exchange.fail(world.between(0, 10), lost()));
    }

    /** One request and its response; the server sees it as a line. */
    private final class Exchange implements Line {

        private final Thread waiter = Thread.currentThread();
        private @Nullable String text;
        private List<ServerMessage> readable = List.of();
        private @Nullable TransportException failure;
        private final List<ClientMessage> messages;
        private boolean abandoned;
        private boolean closed;

        Exchange(List<ClientMessage> messages) {
            this.messages = messages;
        }

        /** The client has closed the transport, or its thread was interrupted. */
        boolean isGivenUp() {
            return closed || !isOver();
        }

        void close() {
            closed |= !isOver();
            fail(0, closedException());
        }

        void begin() {
            Faults faults = network.faults;
            TransportException refusal = network.refusal(place());
            if (refusal != null) {
                fail(world.between(0, 500), refusal);
            } else if (faults.strikes(Fault.REQUEST_LOST)) {
                fail(network.delayNs(), lost());
            } else if (faults.strikes(Fault.STATUS_UNPROCESSED)) {
                fail(network.delayNs(), network.status());
            } else {
                // An abandoned request may still arrive; an unsubscribe request would then end a later subscription
                // unnoticed.
                boolean arrivesAnyway = world.random.nextBoolean()
                        && messages.stream().noneMatch(message -> message.is("/meta/unsubscribe"));
                if (!faults.strikes(Fault.SILENCE)) {
                    world.in(network.delayNs(), () -> {
                        if (!abandoned || arrivesAnyway) {
                            network.server.receive(messages, this);
                        }
                    });
                }
            }
        }

        @Override
        public void send(List<ServerMessage> replies) {
            Faults faults = network.faults;
            long delayNs = network.delayNs();
            String whole = network.sentText(replies);
            if (faults.strikes(Fault.REPLY_LOST)) {
                fail(delayNs, lost());
            } else if (faults.strikes(Fault.STATUS_PROCESSED)) {
                fail(delayNs, network.processedStatus());
            } else if (faults.strikes(Fault.REPLY_CUT)) {
                String cut = world.random.nextBoolean()
                        ? whole.substring(0, world.random.nextInt(whole.length()))
                        : Network.cutBehind(replies, world.random.nextInt(replies.size() + 1));
                if (network.cuts(cut, replies)) {
                    complete(delayNs, cut, Network.wholeIn(cut, replies));
                } else {
                    fail(delayNs, lost());
                }
            } else if (faults.strikes(Fault.GARBAGE)) {
                complete(delayNs, "<html>Please log in</html>", List.of());
            } else if (!faults.strikes(Fault.SILENCE)) {
                complete(delayNs, whole, replies);
            }
        }

        private void complete(long delayNs, String newText, List<ServerMessage> replies) {
            world.in(delayNs, () -> {
                if (!isOver()) {
                    text = newText;
                    readable = replies;
                    LockSupport.unpark(waiter);
                }
            });
        }

        void fail(long delayNs, TransportException why) {
            Runnable failing = () -> {
                if (!isOver()) {
                    failure = why;
                    LockSupport.unpark(waiter);
                }
            };
            if (delayNs == 0) {
                failing.run();
            } else {
                world.in(delayNs, failing);
            }
        }

        boolean isOver() {
            return text != null || failure != null;
        }

        String result(boolean inTime) {
            if (!inTime) {
                throw new TransportException(Problem.TIMED_OUT, "No answer in time.", null);
            }
            if (failure != null) {
                network.failed(SimulatedPolling.this, messages, failure);
                throw failure;
            }
            network.arrived(SimulatedPolling.this, readable);
            return String.valueOf(text);
        }

        @Override
        public boolean isOpen() {
            return !abandoned && !isOver();
        }

        @Override
        public boolean isDuplex() {
            return false;
        }
    }
}
