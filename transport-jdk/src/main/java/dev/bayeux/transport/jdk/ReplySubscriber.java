package dev.bayeux.transport.jdk;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.http.HttpReply;
import dev.bayeux.http.ReplyBuffer;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Passes the bytes of a response to its buffer as they arrive, and aborts the exchange when the buffer is full. */
final class ReplySubscriber implements BodySubscriber<ReplyBuffer> {

    private final ReplyBuffer reply;
    private final CompletableFuture<ReplyBuffer> body = new CompletableFuture<>();
    private @Nullable Subscription subscription;

    ReplySubscriber(ReplyBuffer reply) {
        this.reply = reply;
    }

    static ReplySubscriber of(ResponseInfo response, ReplyBuffer reply) {
        ReplySubscriber body = new ReplySubscriber(reply);
        try {
            reply.begin(new HttpReply(response.statusCode(), response.headers().map()));
        } catch (TransportException tooLarge) {
            body.body.completeExceptionally(tooLarge);
        }
        return body;
    }

    @Override
    public CompletionStage<ReplyBuffer> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription first) {
        subscription = first;
        if (body.isDone()) {
            first.cancel();
        } else {
            first.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> chunks) {
        if (body.isDone()) {
            return; // A cancelled subscription may still deliver bytes that had arrived before.
        }
        try {
            chunks.forEach(reply::append);
        } catch (TransportException tooLarge) {
            if (subscription != null) {
                subscription.cancel();
            }
            body.completeExceptionally(tooLarge);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(reply);
    }
}
