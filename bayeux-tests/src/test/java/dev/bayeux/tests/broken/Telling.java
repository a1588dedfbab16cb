package dev.bayeux.tests.broken;

import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.http.HttpCall;
import dev.bayeux.http.HttpReply;
import dev.bayeux.http.ReplyBuffer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.util.concurrent.TimeoutException;

/** Say in the texts of their failures what is a secret. */
final class Telling {

    private Telling() {
    }

    /** As code does that wants to show which request has failed. */
    static final class TheRequest extends SocketExchanger {

        TheRequest(TransportContext context) {
            super(context);
        }

        @Override
        public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
            String request = "%s %s %s".formatted(call.method(), call.uri(), call.headers());
            try {
                return super.exchange(call);
            } catch (ConnectException notMade) {
                throw new ConnectException(request);
            } catch (IOException failed) {
                throw new IOException(request, failed);
            }
        }
    }

    /** As an HTTP client does that shows what it could not read. */
    static final class TheAnswer extends SocketExchanger {

        TheAnswer(TransportContext context) {
            super(context);
        }

        @Override
        protected HttpLine newLine() {
            return new HttpLine() {

                private final StringBuilder head = new StringBuilder();

                @Override
                HttpReply receive(ReplyBuffer body) throws IOException {
                    try {
                        return super.receive(body);
                    } catch (ProtocolException unreadable) {
                        throw new ProtocolException("Not the head of a response: " + head);
                    }
                }

                @Override
                protected String readHead(ReplyBuffer body) throws IOException {
                    try {
                        String line = super.readHead(body);
                        head.append(line).append(' ');
                        return line;
                    } catch (IOException failed) {
                        throw new IOException("Not the head of a response: " + head, failed);
                    }
                }
            };
        }
    }
}
