package dev.bayeux.tests.broken;

import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.http.HttpCall;
import dev.bayeux.http.HttpReply;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Send a batch more often than once. */
final class Repeating {

    private Repeating() {
    }

    /** As HTTP clients do that take a closed kept connection for an accident. */
    static final class OnUsedConnections extends SocketExchanger {

        OnUsedConnections(TransportContext context) {
            super(context);
        }

        @Override
        protected HttpReply roundTrip(Exchange exchange, HttpLine line) throws IOException {
            try {
                return super.roundTrip(exchange, line);
            } catch (IOException lost) {
                if (!exchange.reused || exchange.outcome.isDone()) {
                    throw lost;
                }
                line.close();
                exchange.line = newLine();
                return super.roundTrip(exchange, connect(exchange.call.uri(), exchange.line));
            }
        }
    }

    /** As HTTP clients do that take 408 for an invitation. */
    static final class After408 extends SocketExchanger {

        After408(TransportContext context) {
            super(context);
        }

        @Override
        public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
            HttpReply reply = super.exchange(call);
            return reply.status() == 408 ? super.exchange(call) : reply;
        }
    }

    static final class AfterRedirects extends SocketExchanger {

        AfterRedirects(TransportContext context) {
            super(context);
        }

        @Override
        public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
            HttpReply reply = super.exchange(call);
            List<String> location = reply.headers().getOrDefault("Location", List.of());
            if (location.isEmpty()) {
                return reply;
            }
            URI uri = URI.create(location.getFirst());
            return super.exchange(
                    new HttpCall(call.method(), uri, call.headers(), call.body(), call.limit(), call.reply()));
        }
    }

    /** Writes a request once more when nobody waits for it any longer. */
    static final class AfterTheLimit extends SocketExchanger {

        AfterTheLimit(TransportContext context) {
            super(context);
        }

        @Override
        public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
            try {
                return super.exchange(call);
            } catch (TimeoutException late) {
                HttpLine again = newLine();
                connect(call.uri(), again).send(call);
                again.close();
                throw late;
            }
        }
    }
}
