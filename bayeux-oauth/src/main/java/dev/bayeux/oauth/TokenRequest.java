package dev.bayeux.oauth;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One token request, on a separate virtual thread, for which any number of threads wait. */
final class TokenRequest {

    private final TokenEndpoint endpoint;
    private final Duration timeout;
    private final BiConsumer<TokenRequest, @Nullable AccessToken> onEnd;
    private final CompletableFuture<AccessToken> result = new CompletableFuture<>();

    /** Both guarded by the lock of {@link OAuthCredentials}. */
    private int waiting;
    private @Nullable Thread thread;

    TokenRequest(TokenEndpoint endpoint, Duration timeout, BiConsumer<TokenRequest, @Nullable AccessToken> onEnd) {
        this.endpoint = endpoint;
        this.timeout = timeout;
        this.onEnd = onEnd;
    }

    /** Counts one more thread that waits; the first one starts the request. */
    void join() {
        waiting++;
        if (thread == null) {
            Thread started = Thread.ofVirtual().name("bayeux-oauth").inheritInheritableThreadLocals(false)
                    .start(this::run);
            result.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).whenComplete((token, failure) -> {
                if (failure instanceof TimeoutException) {
                    started.interrupt();
                }
            });
            thread = started;
        }
    }

    /**
     * Counts one thread less. When the last one has left, this request is abandoned, unless its response may contain the
     * only copy of a new refresh token: then it continues until its response or its timeout.
     *
     * @return whether the request was abandoned
     */
    boolean leave() {
        waiting--;
        if (waiting > 0 || thread == null || result.isDone() || endpoint.mayIssueRefreshToken()) {
            return false;
        }
        thread.interrupt();
        return true;
    }

    private void run() {
        AccessToken token = null;
        Throwable failure = null;
        try {
            token = endpoint.fetch(timeout);
        } catch (Throwable any) {
            failure = any;
        }
        onEnd.accept(this, token);
        if (token != null) {
            result.complete(token);
        } else {
            result.completeExceptionally(failure);
        }
    }

    AccessToken await() throws OAuthException, InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof TimeoutException
                    ? endpoint.late(timeout)
                    : endpoint.failure(Objects.requireNonNullElse(failed.getCause(), failed));
        }
    }
}
