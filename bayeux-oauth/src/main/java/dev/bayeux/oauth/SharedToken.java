package dev.bayeux.oauth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The one token of all clients of a login. However many threads need it, one request is in flight. */
final class SharedToken {

    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(30);

    private final TokenEndpoint endpoint;
    private final Duration timeout;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Held held;
    private @Nullable TokenRequest inFlight;

    SharedToken(TokenEndpoint endpoint, Duration timeout, Clock clock) {
        this.endpoint = endpoint;
        this.timeout = timeout;
        this.clock = clock;
    }

    /** A token and when to fetch the next one. */
    private record Held(AccessToken token, @Nullable Instant goodUntil) {

        static Held of(AccessToken token, Instant now) {
            return new Held(token, token.expiresAt().map(end -> {
                Duration tenth = Duration.between(now, end).dividedBy(10);
                return end.minus(tenth.compareTo(LONGEST_MARGIN) < 0 ? tenth : LONGEST_MARGIN);
            }).orElse(null));
        }
    }

    /**
     * Returns a token that is not about to expire, and fetches one if there is none.
     *
     * @param refused whether a server has refused a token
     * @param known the token that was refused; {@code null} if the caller does not know
     */
    AccessToken get(boolean refused, @Nullable AccessToken known)
            throws OAuthException, InterruptedException {
        TokenRequest request;
        lock.lock();
        try {
            if (refused && held != null && (known == null || known == held.token())) {
                held = null;
            }
            if (held != null && (held.goodUntil() == null || clock.instant().isBefore(held.goodUntil()))) {
                return held.token();
            }
            if (inFlight == null) {
                inFlight = new TokenRequest(endpoint, timeout, this::ended);
            }
            request = inFlight;
            request.join();
        } finally {
            lock.unlock();
        }
        try {
            return request.await();
        } finally {
            leave(request);
        }
    }

    private void leave(TokenRequest request) {
        lock.lock();
        try {
            if (request.leave() && inFlight == request) {
                inFlight = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Runs on the thread of the request, before the waiting callers continue. */
    private void ended(TokenRequest request, @Nullable AccessToken token) {
        lock.lock();
        try {
            if (inFlight == request) {
                inFlight = null;
                if (token != null) {
                    held = Held.of(token, clock.instant());
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
