package dev.bayeux.transport.jdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;

/** Publishes the bytes of a request without a copy. The JDK's own publisher copies an array piece by piece. */
final class WholeBody extends Outgoing {

    private final byte[] bytes;

    WholeBody(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long contentLength() {
        if (!leave()) {
            throw new UncheckedIOException(new IOException("The request has gone to another address."));
        }
        return bytes.length;
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        AtomicBoolean ended = new AtomicBoolean();
        subscriber.onSubscribe(new Subscription() {

            @Override
            public void request(long count) {
                if (ended.compareAndSet(false, true)) {
                    if (count <= 0) {
                        subscriber.onError(new IllegalArgumentException("A request for " + count));
                        return;
                    }
                    subscriber.onNext(ByteBuffer.wrap(bytes));
                    subscriber.onComplete();
                }
            }

            @Override
            public void cancel() {
                ended.set(true);
            }
        });
    }
}
