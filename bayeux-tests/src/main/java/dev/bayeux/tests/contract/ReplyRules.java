package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which replies count, and what is made of those that do not. */
abstract class ReplyRules extends Rules {

    private static final byte[] ONE_REPLY = "[{\"successful\":true}]".getBytes(StandardCharsets.UTF_8);

    @Test
    @Tag("C-107")
    void anyStatusButTwoHundredFailsAndIsReported() throws Exception {
        for (int status : new int[]{400, 401, 403, 404, 407, 408, 409, 410, 413, 429, 500, 502, 503, 504}) {
            assertStatus(status, Reply.of(status).header("Content-Type", "application/json").body(ONE_REPLY));
        }
        for (int status : new int[]{204, 304, 401, 503}) {
            assertStatus(status, Answer.status(status));
        }
    }

    @Test
    @Tag("C-105")
    void retryAfterIsReported() throws Exception {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusHours(5));
        Case.of("in seconds", () -> assertEquals(Optional.of(Duration.ofSeconds(7)), retryAfter(503, "7")));
        Case.of("as a date", () -> {
            Duration wait = retryAfter(429, date).orElseThrow();
            assertTrue(wait.compareTo(Duration.ofHours(4)) > 0 && wait.compareTo(Duration.ofHours(6)) < 0,
                    wait::toString);
        });
        Case.of("neither", () -> assertEquals(Optional.empty(), retryAfter(503, "soon")));
        Case.of("no header", () -> {
            bench().peer.answer(Answer.status(503));
            assertEquals(Optional.empty(), bench().send(any()).transportFailure().retryAfter());
        });
    }

    private Optional<Duration> retryAfter(int status, String value) throws InterruptedException {
        bench().peer.answer(Answer.status(status).header("Retry-After", value));
        return bench().send(any()).transportFailure().retryAfter();
    }

    private void assertStatus(int status, Answer answer) throws InterruptedException {
        bench().peer.answer(answer);
        TransportException failure = bench().send(any()).transportFailure();
        assertEquals(Problem.STATUS, failure.problem(),
                () -> "problem for HTTP status %d, caused by %s".formatted(status, failure.getCause()));
        assertEquals(OptionalInt.of(status), failure.status());
    }
}
