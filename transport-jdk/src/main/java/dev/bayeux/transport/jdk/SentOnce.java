package dev.bayeux.transport.jdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The empty body of one GET request. The JDK sends a GET again, unasked, when the connection is lost before an answer has
 * begun, which would double the messages in its address. Each time it asks for the length of the body, so this class can
 * prevent it.
 */
final class SentOnce extends Outgoing {

    private final BodyPublisher nothing = BodyPublishers.noBody();
    private final AtomicBoolean sent = new AtomicBoolean();

    @Override
    public long contentLength() {
        if (!leave() || sent.getAndSet(true)) {
            throw new UncheckedIOException(new IOException("The connection was lost before an answer had begun."));
        }
        return 0;
    }

    /**
     * Interprets a failure: if a repeated attempt cannot connect, an earlier one could, so the server may have the request.
     */
    Throwable translate(Throwable failure) {
        return sent.get() && (failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException)
                ? new IOException("The connection was lost before an answer had begun.")
                : failure;
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        nothing.subscribe(subscriber);
    }
}
