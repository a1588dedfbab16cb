package dev.bayeux.core.simulation;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.CredentialsSource;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.TransportException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The source of the client's tokens, and what stands before the server and answers 401 where a token is missing, has expired
 * or was revoked. A refused request has not reached the server: to the rules it never left. The source is asked only for a
 * reason, one call at a time; what it gives is used at once and by all; and a token that it can replace stops no client.
 */
final class Tokens implements CredentialsSource {

    private static final long MOMENT_NS = TimeUnit.SECONDS.toNanos(2);
    /** A token is good for so long at least: it is not refused before it was used. */
    private static final long LEAST_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long BEFORE_THE_END_NS = TimeUnit.SECONDS.toNanos(30);

    /** One token, by its place in the list. */
    private static final class Token {

        private final long givenNs;
        private final boolean announced;
        private final long renewNs;
        private long endNs;
        private boolean refused;
        private boolean used;

        Token(long givenNs, long endNs, boolean announced) {
            this.givenNs = givenNs;
            this.endNs = endNs;
            this.announced = announced;
            this.renewNs = endNs - Math.min(BEFORE_THE_END_NS, (endNs - givenNs) / 10);
        }
    }

    private final World world;
    private final Faults faults;
    private final List<Token> all = new ArrayList<>();
    private boolean asked;
    /** How often the program or a fault intervened: a request may not be wanted any more. */
    private int interventions;
    private long calls;
    private long refusals;
    private long failures;

    Tokens(World world, Faults faults) {
        this.world = world;
        this.faults = faults;
    }

    private @Nullable Token last() {
        return all.isEmpty() ? null : all.getLast();
    }

    @Override
    public Credentials credentials(boolean refused) throws InterruptedException {
        calls++;
        world.trace.add(world, "the source of tokens is asked" + (refused ? ", since one was refused" : ""));
        Token old = last();
        if (asked) {
            world.fail("The source of tokens is asked twice at the same time.");
        }
        if (old != null && !(refused ? old.refused : old.announced && world.nowNs() >= old.renewNs)) {
            world.fail("The source of tokens is asked (refused: %s), and the last one is good.".formatted(refused));
        }
        asked = true;
        try {
            world.sleep(world.between(0, 800));
            if (faults.strikes(Fault.TOKEN_UNAVAILABLE)) {
                failures++;
                throw new IllegalStateException("a source that throws");
            }
        } finally {
            asked = false;
        }
        return give(refused);
    }

    private Credentials give(boolean refused) {
        long endNs = world.nowNs() + LEAST_NS + world.between(0, 300_000);
        Token token = new Token(world.nowNs(), endNs, world.random.nextBoolean());
        all.add(token);
        if (refused) {
            checkUsedSoon(token);
        }
        Credentials credentials = Credentials.bearer("token" + all.size());
        return token.announced ? credentials.expiringAt(Instant.EPOCH.plusNanos(endNs)) : credentials;
    }

    /** What was refused for its token is sent again with the new one. */
    private void checkUsedSoon(Token token) {
        int before = interventions;
        world.in(MOMENT_NS, () -> {
            if (!token.used && interventions == before) {
                world.fail("A request was refused for its token, there is a new one, and it is not sent again.");
            }
        });
    }

    /**
     * A request or an upgrade comes with a token.
     *
     * @param passed whether it goes over an open socket, whose upgrade had one
     * @return why it goes no further, {@code null} if it does
     */
    @Nullable
    TransportException refusal(String header, boolean passed) {
        Token token = header.isEmpty() ? null : all.get(Integer.parseInt(header.replaceAll("\\D", "")) - 1);
        Token newest = last();
        if (token == null || newest == null) {
            world.fail("A request has no token.");
            return null;
        }
        if (passed) {
            newest.used = true;
            return null;
        }
        token.used = true;
        if (token != newest && world.nowNs() - newest.givenNs >= MOMENT_NS) {
            world.fail("A request has an old token, and there has been a new one for a while.");
        }
        if (world.nowNs() - token.givenNs > LEAST_NS && faults.strikes(Fault.TOKEN_REVOKED)) {
            token.endNs = world.nowNs();
        }
        if (world.nowNs() < token.endNs) {
            return null;
        }
        refusals++;
        token.refused = true;
        return TransportException.ofStatus(401, null, "the token has expired");
    }

    /** The program, the machine or the end of the client changes what is wanted. */
    void intervened() {
        interventions++;
    }

    void heard(ClientEvent event) {
        if (event instanceof ClientEvent.AttemptFailed(var failure)
                && failure.kind() == FailureKind.AUTHENTICATION) {
            world.fail("An attempt failed for a token that the source can replace: " + failure.getMessage());
        }
    }

    long calls() {
        return calls;
    }

    long refusals() {
        return refusals;
    }

    long failures() {
        return failures;
    }
}
