package dev.bayeux.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.core.message.MessageWriter;
import dev.bayeux.core.message.OutgoingMessage;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SendQueueTest {

    /** Room for ten of the requests of these tests. */
    private static final int MAX_BYTES = 10 * (publish(0).bytes() + 1) + 2;

    private final SendQueue sendQueue = new SendQueue(20);

    private static Request publish(int number) {
        return Request.ofData(Kind.PUBLISH, "/a", "\"%05d\"".formatted(number));
    }

    private static List<Request> publishes(int from, int to) {
        List<Request> requests = new ArrayList<>();
        for (int n = from; n < to; n++) {
            requests.add(publish(n));
        }
        return requests;
    }

    private static Request subscribe(String channel) {
        return Request.ofSubscription(Kind.SUBSCRIBE, channel);
    }

    private void addEach(List<Request> requests) {
        requests.forEach(request -> sendQueue.add(List.of(request)));
    }

    private List<Request> next(int clientIdBytes) {
        return sendQueue.next(clientIdBytes, MAX_BYTES);
    }

    private List<List<Request>> allBatches() {
        return allBatches(0);
    }

    private List<List<Request>> allBatches(int clientIdBytes) {
        List<List<Request>> batches = new ArrayList<>();
        while (!sendQueue.isEmpty()) {
            batches.add(next(clientIdBytes));
        }
        return batches;
    }

    private static List<Request> of(List<Request> requests, Integer... indexes) {
        return Arrays.stream(indexes).map(requests::get).toList();
    }

    @Test
    @Tag("C-51")
    void waitingMessagesLeaveTogetherInOrder() {
        List<Request> requests = publishes(0, 5);
        addEach(requests);

        assertEquals(List.of(requests), allBatches());
    }

    @Test
    @Tag("C-53")
    void batchLimitSplitsBetweenMessages() {
        List<Request> requests = publishes(0, 20);
        addEach(requests);

        assertEquals(List.of(requests.subList(0, 10), requests.subList(10, 20)), allBatches());
    }

    @Test
    @Tag("C-53")
    void batchLimitHoldsForTheTextThatIsSent() {
        addEach(publishes(0, 20));
        String clientId = "c".repeat(64);
        for (List<Request> batch : allBatches(clientId.length())) {
            batch.forEach(request -> request.assignId("9223372036854775807"));
            String text = MessageWriter
                    .write(batch.stream().map(request -> OutgoingMessage.of(request, clientId)).toList());
            assertTrue(text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES);
        }
    }

    @Test
    @Tag("C-53")
    void aMessageThatIsTooLargeLeavesAlone() {
        Request large = Request.ofData(Kind.PUBLISH, "/a", "\"" + "x".repeat(2 * MAX_BYTES) + "\"");
        List<Request> small = publishes(0, 2);
        sendQueue.add(List.of(small.get(0)));
        sendQueue.add(List.of(large));
        sendQueue.add(List.of(small.get(1)));

        assertEquals(List.of(of(small, 0), List.of(large), of(small, 1)), allBatches());
    }

    @Test
    @Tag("C-52")
    void batchStaysTogetherThoughAnotherRequestWouldHoldItsBeginning() {
        List<Request> single = publishes(0, 6);
        List<Request> batch = publishes(10, 16);
        addEach(single);
        sendQueue.add(batch);
        sendQueue.add(List.of(single.get(0)));

        List<Request> second = new ArrayList<>(batch);
        second.add(single.get(0));
        assertEquals(List.of(single, second), allBatches());
    }

    @Test
    @Tag("C-52")
    void batchTravelsWithOthersIfThereIsRoom() {
        List<Request> batch = publishes(0, 4);
        sendQueue.add(List.of(publish(9)));
        sendQueue.add(batch);

        assertEquals(5, next(0).size());
    }

    @Test
    @Tag("C-53")
    void theClientIdCountsForEachMessage() {
        addEach(publishes(0, 10));

        assertEquals(9, next(2).size());
    }

    @Test
    @Tag("C-52")
    void batchIsOnlySplitIfItIsTooLarge() {
        List<Request> first = publishes(100, 101);
        List<Request> batch = publishes(0, 15);
        List<Request> last = publishes(102, 103);
        sendQueue.add(first);
        sendQueue.add(batch);
        sendQueue.add(last);

        List<Request> rest = new ArrayList<>(batch.subList(10, 15));
        rest.addAll(last);
        assertEquals(List.of(first, batch.subList(0, 10), rest), allBatches());
    }

    @Test
    void aTransportThatCarriesLessGetsLess() {
        List<Request> requests = publishes(0, 4);
        addEach(requests);

        int threeAtOnce = 3 * (requests.getFirst().bytes() + 1) + 2;
        assertEquals(requests.subList(0, 3), sendQueue.next(0, threeAtOnce));
        assertEquals(requests.subList(3, 4), sendQueue.next(0, 1), "a message is never split");
    }

    @Test
    @Tag("C-50")
    void aBatchThatWasTooLongLeavesFirstInHalves() {
        List<Request> batch = publishes(0, 5);
        List<Request> later = publishes(5, 7);
        sendQueue.add(batch);
        sendQueue.addHalves(next(0));
        addEach(later);
        assertTrue(sendQueue.hasRoomFor(13));
        assertFalse(sendQueue.hasRoomFor(14));

        sendQueue.addHalves(next(0));
        assertEquals(List.of(of(batch, 0), of(batch, 1), of(batch, 2, 3, 4), later), allBatches());
    }

    @Test
    void aSingleMessageOfATooLongBatchLeavesUnchanged() {
        Request last = publish(0);
        sendQueue.addHalves(List.of(last));

        assertEquals(List.of(List.of(last)), allBatches());
    }

    @Test
    void hasRoomUpToItsBound() {
        assertTrue(sendQueue.hasRoomFor(20));
        assertFalse(sendQueue.hasRoomFor(21));
        addEach(publishes(0, 19));
        assertTrue(sendQueue.hasRoomFor(1));
        assertFalse(sendQueue.hasRoomFor(2));

        next(0);
        assertTrue(sendQueue.hasRoomFor(11));
        assertFalse(sendQueue.hasRoomFor(12));
        sendQueue.takeAll();
        assertTrue(sendQueue.hasRoomFor(20));
    }

    @Test
    @Tag("C-71")
    void restoringRequestsGoFirstAndReplaceQueuedSubscribes() {
        List<Request> published = publishes(0, 2);
        sendQueue.add(List.of(subscribe("/old")));
        sendQueue.add(List.of(published.get(0)));
        sendQueue.add(List.of(Request.ofSubscription(Kind.UNSUBSCRIBE, "/gone")));
        sendQueue.add(List.of(published.get(1)));
        List<Request> restoring = List.of(subscribe("/a"), subscribe("/b"));
        sendQueue.addFirst(restoring);

        assertTrue(sendQueue.hasRoomFor(16));
        assertFalse(sendQueue.hasRoomFor(17));
        assertEquals(List.of(restoring.get(0), restoring.get(1), published.get(0), published.get(1)),
                next(0));
    }

    @Test
    void aPublishStaysQueuedThoughItsSubscribeIsReplaced() {
        Request published = publish(0);
        sendQueue.addHalves(List.of(published, subscribe("/old"), publish(1)));
        sendQueue.addFirst(List.of());

        assertEquals(List.of(published), next(0));
        assertEquals(1, next(0).size());
        assertTrue(sendQueue.isEmpty());
    }

    @Test
    void restoringNothingReplacesAllTheSame() {
        sendQueue.add(List.of(subscribe("/old")));
        sendQueue.addFirst(List.of());

        assertTrue(sendQueue.isEmpty());
        assertTrue(sendQueue.hasRoomFor(20));
    }

    @Test
    void manySubscriptionsAreRestoredInSeveralBatches() {
        List<Request> restoring = new ArrayList<>();
        for (int n = 0; n < 15; n++) {
            restoring.add(subscribe("/channel/" + n));
        }
        sendQueue.addFirst(restoring);

        List<List<Request>> batches = allBatches();
        assertEquals(2, batches.size());
        assertEquals(restoring, batches.stream().flatMap(List::stream).toList());
    }

    @Test
    void aWithdrawnMessageIsNotSent() {
        List<Request> batch = publishes(0, 3);
        Request single = publish(9);
        sendQueue.add(List.of(single));
        sendQueue.add(batch);

        assertTrue(sendQueue.withdraw(batch.get(1)));
        assertFalse(sendQueue.withdraw(batch.get(1)));
        assertTrue(sendQueue.withdraw(single));
        assertTrue(sendQueue.hasRoomFor(18));
        assertEquals(List.of(of(batch, 0, 2)), allBatches());
        assertFalse(sendQueue.withdraw(batch.get(0)), "it has left");
    }

    @Test
    void theRestOfASplitBatchCanBeWithdrawn() {
        List<Request> batch = publishes(0, 15);
        sendQueue.add(batch);
        next(0);

        assertTrue(sendQueue.withdraw(batch.get(12)));
        assertEquals(of(batch, 10, 11, 13, 14), next(0));
        assertTrue(sendQueue.isEmpty());
    }

    @Test
    void knowsWhetherAnybodyWaitsForSomethingInIt() {
        List<Request> requests = publishes(0, 3);
        sendQueue.add(List.of(subscribe("/a")));
        assertFalse(sendQueue.hasPublishes());
        sendQueue.add(requests);
        sendQueue.addFirst(List.of(subscribe("/b")));
        assertTrue(sendQueue.hasPublishes());
        sendQueue.withdraw(requests.get(0));
        sendQueue.addHalves(next(0));
        assertTrue(sendQueue.hasPublishes());
        allBatches();
        assertFalse(sendQueue.hasPublishes());
        sendQueue.add(requests);
        sendQueue.takeAll();
        assertFalse(sendQueue.hasPublishes());
    }

    @Test
    void takesAllOut() {
        List<Request> requests = publishes(0, 4);
        sendQueue.add(requests.subList(0, 3));
        sendQueue.add(requests.subList(3, 4));

        assertEquals(requests, sendQueue.takeAll());
        assertTrue(sendQueue.isEmpty());
    }
}
