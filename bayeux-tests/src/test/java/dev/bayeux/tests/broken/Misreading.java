package dev.bayeux.tests.broken;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.http.HttpCall;
import dev.bayeux.http.HttpExchanger;
import dev.bayeux.http.HttpReply;
import dev.bayeux.http.ReplyBuffer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Get requests or replies wrong. */
final class Misreading {

    private Misreading() {
    }

    static final class CutBodies extends SocketExchanger {

        CutBodies(TransportContext context) {
            super(context);
        }

        @Override
        protected HttpLine newLine() {
            return new HttpLine() {
                @Override
                protected void endsEarly() {
                    // What is there must do.
                }
            };
        }
    }

    static final class Truncated extends SocketExchanger {

        Truncated(TransportContext context) {
            super(context);
        }

        @Override
        protected HttpReply roundTrip(Exchange exchange, HttpLine line) throws IOException {
            try {
                return super.roundTrip(exchange, line);
            } catch (TransportException tooLarge) {
                line.close();
                return new HttpReply(200, Map.of());
            }
        }
    }

    /** Changes the headers of replies. */
    abstract static class Rewriting extends SocketExchanger {

        Rewriting(TransportContext context) {
            super(context);
        }

        @Override
        public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
            HttpReply reply = super.exchange(call);
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(reply.headers());
            rewrite(reply.status(), headers);
            return new HttpReply(reply.status(), headers);
        }

        abstract void rewrite(int status, Map<String, List<String>> headers);
    }

    static final class Latin1 extends Rewriting {

        Latin1(TransportContext context) {
            super(context);
        }

        @Override
        void rewrite(int status, Map<String, List<String>> headers) {
            String type = headers.getOrDefault("Content-Type", List.of("text/plain")).getFirst();
            if (!type.contains(";")) {
                headers.put("Content-Type", List.of(type + ";charset=ISO-8859-1"));
            }
        }
    }

    static final class AlwaysUtf8 extends Rewriting {

        AlwaysUtf8(TransportContext context) {
            super(context);
        }

        @Override
        void rewrite(int status, Map<String, List<String>> headers) {
            headers.remove("Content-Type");
        }
    }

    static final class FailuresWithoutCookies extends Rewriting {

        FailuresWithoutCookies(TransportContext context) {
            super(context);
        }

        @Override
        void rewrite(int status, Map<String, List<String>> headers) {
            if (status != 200) {
                headers.remove("Set-Cookie");
            }
        }
    }

    static final class WithoutRetryAfter extends Rewriting {

        WithoutRetryAfter(TransportContext context) {
            super(context);
        }

        @Override
        void rewrite(int status, Map<String, List<String>> headers) {
            headers.remove("Retry-After");
        }
    }

    static final class AnyFailureIsLoss extends SocketExchanger {

        AnyFailureIsLoss(TransportContext context) {
            super(context);
        }

        @Override
        public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
            try {
                return super.exchange(call);
            } catch (IOException failed) {
                throw new IOException(failed.getMessage());
            }
        }
    }

    /** Changes the headers of requests. */
    abstract static class Dressing extends SocketExchanger {

        Dressing(TransportContext context) {
            super(context);
        }

        @Override
        public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(call.headers());
            dress(headers);
            return super.exchange(
                    new HttpCall(call.method(), call.uri(), headers, call.body(), call.limit(), call.reply()));
        }

        abstract void dress(Map<String, List<String>> headers);
    }

    /** Sends one header as it wants, whatever the transport has set. */
    static Function<TransportContext, HttpExchanger> withHeader(String name, String value) {
        return context -> new Dressing(context) {
            @Override
            void dress(Map<String, List<String>> headers) {
                headers.put(name, List.of(value));
            }
        };
    }

    /** Does not tell what a proxy cannot do from what a server has not answered. */
    static final class ProxyFailuresAreLosses extends SocketExchanger {

        ProxyFailuresAreLosses(TransportContext context) {
            super(context);
        }

        @Override
        protected HttpLine connect(URI uri, HttpLine line) throws IOException {
            try {
                return super.connect(uri, line);
            } catch (TransportException failed) {
                if (failed.status().isPresent()) {
                    throw failed;
                }
                throw new IOException("Something is wrong.");
            }
        }
    }

    /** Takes any lost connection for one that was never made. */
    static final class LossesAreNotSent extends SocketExchanger {

        LossesAreNotSent(TransportContext context) {
            super(context);
        }

        @Override
        protected HttpReply roundTrip(Exchange exchange, HttpLine line) throws IOException {
            try {
                return super.roundTrip(exchange, line);
            } catch (ProtocolException unreadable) {
                throw unreadable;
            } catch (IOException lost) {
                throw new ConnectException("Not sent.");
            }
        }
    }

    /** Reads a head as long as the server likes. */
    static final class AnyHead extends SocketExchanger {

        AnyHead(TransportContext context) {
            super(context);
        }

        @Override
        protected HttpLine newLine() {
            return new HttpLine() {
                @Override
                protected int mostHeadBytes() {
                    return Integer.MAX_VALUE;
                }
            };
        }
    }

    /** Takes a response without a length for one without a body. */
    static final class NoBodyWithoutLength extends SocketExchanger {

        NoBodyWithoutLength(TransportContext context) {
            super(context);
        }

        @Override
        protected HttpLine newLine() {
            return new HttpLine() {
                @Override
                protected void copyToTheEnd(ReplyBuffer body) {
                    // There is none.
                }
            };
        }
    }

    static final class NoInterim extends SocketExchanger {

        NoInterim(TransportContext context) {
            super(context);
        }

        @Override
        protected HttpLine newLine() {
            return new HttpLine() {
                @Override
                protected int mostInterim() {
                    return 0;
                }
            };
        }
    }

    /** Does not tell that a body is compressed. */
    static final class WithoutCodings extends SocketExchanger {

        WithoutCodings(TransportContext context) {
            super(context);
        }

        @Override
        protected HttpLine newLine() {
            return new HttpLine() {
                @Override
                protected Map<String, List<String>> understood(Map<String, List<String>> headers) {
                    headers.remove("Content-Encoding");
                    return headers;
                }
            };
        }
    }

    static final class WithoutCookies extends Rewriting {

        WithoutCookies(TransportContext context) {
            super(context);
        }

        @Override
        void rewrite(int status, Map<String, List<String>> headers) {
            headers.remove("Set-Cookie");
        }
    }

    /** As clients do that log in by themselves once a server has asked for it. */
    static final class AuthorizationTakenOver extends Dressing {

        private volatile boolean asked;

        AuthorizationTakenOver(TransportContext context) {
            super(context);
        }

        @Override
        void dress(Map<String, List<String>> headers) {
            if (asked) {
                headers.remove("Authorization");
            }
        }

        @Override
        public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
            HttpReply reply = super.exchange(call);
            asked |= reply.status() == 401;
            return reply;
        }
    }

    static final class WritingLatin1 extends SocketExchanger {

        WritingLatin1(TransportContext context) {
            super(context);
        }

        @Override
        public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
            byte[] body = new String(call.body(), StandardCharsets.UTF_8).getBytes(StandardCharsets.ISO_8859_1);
            return super.exchange(
                    new HttpCall(call.method(), call.uri(), call.headers(), body, call.limit(), call.reply()));
        }
    }

    static final class WithoutQuery extends SocketExchanger {

        WithoutQuery(TransportContext context) {
            super(context);
        }

        @Override
        public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
            URI bare = URI.create(call.uri().toString().replaceAll("\\?.*", ""));
            return super.exchange(
                    new HttpCall(call.method(), bare, call.headers(), call.body(), call.limit(), call.reply()));
        }
    }
}
