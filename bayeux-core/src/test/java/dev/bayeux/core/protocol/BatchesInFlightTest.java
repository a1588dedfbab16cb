package dev.bayeux.core.protocol;

import static dev.bayeux.core.protocol.PlayedServer.yes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many batches are in flight, and how large they are. */
class BatchesInFlightTest {

    private static final TransportException TOO_LONG = TransportException.ofStatus(413, null, "status 413");
    private static final String KILOBYTE = "\"%s\"".formatted("x".repeat(1_000));
    /** Messages of a kilobyte that fit into a first batch. */
    private static final int FIT = 29;

    private final PlayedServer server = PlayedServer.connected(false, "{}", null);
    private final List<Request> published = new ArrayList<>();

    private void publish(int count) {
        List<Request> more = IntStream.range(0, count).mapToObj(n -> Request.ofData(Kind.PUBLISH, "/b", KILOBYTE))
                .toList();
        published.addAll(more);
        // Each is a unit of its own: a batch is cut at any message.
        more.forEach(each -> server.happens(new Input.Submit(List.of(each))));
    }

    private Exchange write() {
        Exchange batch = server.batch();
        server.happens(new Input.Written(batch));
        return batch;
    }

    private static String all(Exchange batch) {
        return batch.requests().stream().map(PlayedServer::yes).collect(Collectors.joining(","));
    }

    /** A client over a full-duplex connection whose server has answered a full batch. */
    private void proveFullBatch() {
        publish(1);
        Exchange first = write();
        publish(2 * FIT);
        server.push(all(first));
        Exchange full = write();
        assertSame(full, server.batch(), "the server has answered nothing of that size yet");
        server.push(all(full));
    }

    @Test
    @Tag("C-50")
    void overFullDuplexFullBatchesLeaveBesideThoseInFlightInTheirOrder() {
        proveFullBatch();
        publish(3 * FIT);
        List<Exchange> sent = new ArrayList<>(List.of(write()));
        while (server.batch() != sent.getLast()) {
            sent.add(write());
        }
        assertEquals(3, sent.size(), "what is left does not fill a batch, and waits");
        server.push(all(sent.get(1))).push(all(sent.getFirst())).push(all(sent.getLast()));
        assertNotSame(sent.getLast(), server.batch(), "the rest leaves after the answers");
        server.push(all(write()));
        assertTrue(published.stream().allMatch(server::replied));
        List<Integer> ids = published.stream().map(each -> Integer.valueOf(each.id())).toList();
        assertEquals(ids.stream().sorted().toList(), ids);
    }

    @Test
    void aBatchThatIsNotWrittenYetLetsNoOtherPass() {
        proveFullBatch();
        publish(3 * FIT);
        Exchange notWritten = server.batch();
        publish(3 * FIT);
        assertSame(notWritten, server.batch());
    }

    @Test
    void bytesInFlightAreLimited() {
        proveFullBatch();
        publish(30 * FIT);
        long bytes = 0;
        for (Exchange last = null; server.batch() != last;) {
            last = write();
            bytes += last.bytes();
        }
        assertTrue(bytes <= BatchSize.MAX_IN_FLIGHT_BYTES, () -> "in flight");
        assertTrue(bytes > BatchSize.MAX_IN_FLIGHT_BYTES / 2);
    }

    @Test
    @Tag("C-50")
    void overHttpOneBatchIsInFlight() {
        publish(1);
        publish(10 * FIT);
        server.accept();
        Exchange full = server.batch();
        publish(10 * FIT);
        assertSame(full, server.batch());
    }

    @Test
    @Tag("C-50")
    void overHttpTheNextFullBatchLeavesWhileALongResponseIsRead() {
        publish(1);
        server.accept();
        publish(10 * FIT);
        Exchange read = server.batch();
        server.happens(new Input.Arrived(read));
        Exchange next = server.batch();
        assertNotSame(read, next);
        assertFalse(Objects.requireNonNull(next.previous()).isDone(),
                "responses are taken in the order of their batches");
        server.happens(new Input.Arrived(next));
        assertSame(next, server.batch(), "at most one response waits to be read");
        server.answer(read, all(read));
        read.letNextBeProcessed();
        assertTrue(next.previous().isDone());
        server.answer(next, all(next));
        while (published.stream().anyMatch(each -> !server.replied(each))) {
            server.accept();
        }
        List<Integer> ids = published.stream().map(each -> Integer.valueOf(each.id())).toList();
        assertEquals(ids.stream().sorted().toList(), ids);
    }

    @Test
    void aBatchThatIsNotFullWaitsUntilALongResponseIsRead() {
        publish(1);
        publish(FIT);
        server.accept();
        Exchange read = server.batch();
        publish(1);
        server.happens(new Input.Arrived(read));
        assertSame(read, server.batch());
        server.answer(read, all(read));
        assertNotSame(read, server.batch());
        assertNull(server.batch().previous());
    }

    @Test
    @Tag("C-54")
    void theEndOfTheConnectionFailsAllBatchesInFlightAsUnknown() {
        proveFullBatch();
        server.clear();
        publish(2 * FIT + 5);
        Exchange first = write();
        Exchange second = write();
        TransportException tooBig = TransportException.closed(1009, "too big");
        server.happens(new Input.ConnectionEnded(first.connection(), tooBig));
        server.lose(first, tooBig).lose(second, tooBig);
        for (Exchange each : List.of(first, second)) {
            for (Request request : each.requests()) {
                // Which of the two was too long is unknown, and so is whether the other was processed.
                assertEquals(Outcome.UNKNOWN, server.failureOf(request).outcome());
            }
        }
    }

    @Test
    @Tag("C-53")
    void requestsGrowWhileTheServerAnswersFullOnes() {
        publish(1);
        publish(20 * FIT);
        List<Integer> sizes = new ArrayList<>();
        for (Exchange last = null; server.batch() != last;) {
            last = server.batch();
            sizes.add(last.bytes() / BatchSize.FIRST_BYTES);
            server.accept();
        }
        assertTrue(sizes.stream().anyMatch(size -> size >= 2), sizes::toString);
        assertTrue(sizes.stream().allMatch(size -> size < PlayedServer.MAX_REQUEST_BYTES / BatchSize.FIRST_BYTES + 1));
        assertTrue(published.stream().allMatch(server::replied));
    }

    @Test
    @Tag("C-53")
    void aRequestThatIsTooLongEndsTheGrowthAndIsSentInParts() {
        publish(1);
        publish(20 * FIT);
        int refused = 0;
        while (!published.stream().allMatch(server::isOver)) {
            if (server.batch().bytes() > BatchSize.FIRST_BYTES) {
                refused++;
                server.lose(server.batch(), TOO_LONG);
            } else {
                server.accept();
            }
        }
        assertEquals(1, refused);
        assertTrue(published.stream().allMatch(server::replied));
    }

    @Test
    void aLargerRequestThatFailsOtherwiseEndsTheGrowthToo() {
        publish(1);
        publish(20 * FIT);
        while (server.batch().bytes() <= BatchSize.FIRST_BYTES) {
            server.accept();
        }
        server.lose(server.batch());
        assertFalse(server.batch().bytes() > BatchSize.FIRST_BYTES);
        server.accept();
        assertFalse(server.batch().bytes() > BatchSize.FIRST_BYTES);
    }
}
