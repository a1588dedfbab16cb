package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.FullDuplexTransport;
import dev.bayeux.tests.server.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Batches on their way to the server. */
abstract class DuplexSendRules extends DuplexRules {

    /** More than the buffers between two ends of the loopback interface take. */
    private static final String HUGE = "[\"%s\"]".formatted("0123456789abcdef".repeat(3 << 20));

    @Test
    void theTransportIsFullDuplexAndKeepsItsNames() {
        String name = provider().name();
        String type = provider().connectionType();
        assertAll(() -> assertInstanceOf(FullDuplexTransport.class, transport()),
                () -> assertEquals(name, contract().transportProvider().name()),
                () -> assertEquals(type, contract().transportProvider().connectionType()),
                () -> assertTrue(!name.isBlank() && !type.isBlank()));
    }

    @Test
    void openingATransportMakesNoConnection() throws Exception {
        transport();
        assertEquals(0, peer().connectionCount());
        use();
        assertEquals(1, peer().connectionCount());
    }

    @Test
    @Tag("C-124")
    void aBatchIsOneMessage() throws Exception {
        for (String batch : List.of("[{\"id\":\"1\",\"data\":\"\u00fc \u20ac \ud834\udd1e \\u0000 \\n\"}]",
                "[\"%s\"]".formatted("0123456789abcdef".repeat(1 << 16)))) {
            Case.of("a batch of %d characters".formatted(batch.length()), () -> {
                send(batch).done();
                assertEquals(batch, arrived().text());
            });
        }
    }

    @Test
    @Tag("C-132")
    void manySendersWriteWholeMessagesEachInItsOrder() throws Exception {
        FullDuplexTransport transport = assertInstanceOf(FullDuplexTransport.class, transport());
        List<Thread> senders = new ArrayList<>();
        for (int sender = 0; sender < 20; sender++) {
            String name = "%d:".formatted(sender);
            senders.add(Thread.ofVirtual().name("test-sender").start(() -> {
                for (int number = 0; number < 20; number++) {
                    try {
                        transport.send(new Batch(name + number + ":" + "x".repeat(number * 500), Bench.LONG));
                    } catch (InterruptedException | TransportException missing) {
                        return;
                    }
                }
            }));
        }
        Map<String, Integer> expected = new HashMap<>();
        for (int count = 0; count < 400; count++) {
            String[] parts = arrived().text().split(":", -1);
            int number = Integer.parseInt(parts[1]);
            assertEquals(expected.getOrDefault(parts[0], 0), number, "of sender " + parts[0]);
            assertEquals(number * 500, parts[2].length());
            expected.put(parts[0], number + 1);
        }
        for (Thread sender : senders) {
            assertTrue(sender.join(patience()));
        }
    }

    @Test
    @Tag("C-131")
    void sendersThatComeTogetherShareOneConnection() throws Exception {
        List<Sending> sendings = new ArrayList<>();
        for (int number = 0; number < 10; number++) {
            sendings.add(send("[%d]".formatted(number)));
        }
        for (Sending sending : sendings) {
            sending.done();
            arrived();
        }
        assertEquals(1, peer().connectionCount());
    }

    @Test
    @Tag("C-90")
    @Tag("C-126")
    void aMessageThatIsNotAnsweredHoldsUpNoOther() throws Exception {
        send("[\"held\"]").done();
        send("[\"next\"]").done();
        assertEquals("[\"held\"]", arrived().text());
        assertEquals("[\"next\"]", arrived().text());
    }

    @Test
    @Tag("C-56")
    void nothingIsSentTwice() throws Exception {
        for (int round = 1; round <= 5; round++) {
            peer().answer(round % 2 == 0 ? Answer.drop() : Answer.reset());
            send("[%d]".formatted(round)).succeeded();
            arrived();
            inbox().end();
        }
        use();
        assertEquals(6, peer().requestCount());
    }

    @Test
    @Tag("C-101")
    void aMessageThatCannotBeWrittenFailsInTime() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            toPort(deaf);
            Sending sending = send(HUGE, Bench.SHORT);
            TransportException failure = sending.transportFailure();
            assertTrue(failure.problem() == Problem.TIMED_OUT || failure.notSent(), failure::toString);
        }
    }

    @Test
    @Tag("C-101")
    void anInterruptEndsAMessageThatCannotBeWritten() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            toPort(deaf);
            Sending stuck = send(HUGE);
            stuck.awaitWaiting();
            stuck.interrupt();
            assertInstanceOf(InterruptedException.class, stuck.failure());
        }
    }

    /** The operating system accepts connections there, and nothing reads from them. */
    private void toPort(ServerSocket deaf) throws IOException {
        setup().uri(URI.create("http://%s:%d/".formatted(deaf.getInetAddress().getHostAddress(), deaf.getLocalPort())))
                .open();
    }
}
