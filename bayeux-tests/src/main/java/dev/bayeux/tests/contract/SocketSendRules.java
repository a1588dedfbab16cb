package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.FullDuplexTransport;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ScriptedSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Batches on an open socket. */
abstract class SocketSendRules extends SocketRules {

    /** More than the buffers between two machines, or two ends of the loopback interface, take. */
    private static final String HUGE = "[\"%s\"]".formatted("0123456789abcdef".repeat(3 << 20));

    @Test
    @Tag("C-124")
    void aBatchIsOneTextMessage() throws Exception {
        for (String batch : List.of("[{\"id\":\"1\",\"data\":\"\u00fc \u20ac \ud834\udd1e \\u0000\"}]",
                "[\"%s\"]".formatted("0123456789abcdef".repeat(1 << 16)))) {
            Case.of("a batch of %d characters".formatted(batch.length()), () -> {
                bench().send(batch).done();
                assertEquals(batch, bench().peer.takeRequest(bench().patience).text());
            });
        }
    }

    @Test
    @Tag("C-132")
    void manySendersWriteWholeMessagesEachInItsOrder() throws Exception {
        FullDuplexTransport transport = assertInstanceOf(FullDuplexTransport.class, bench().transport());
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
            String[] parts = bench().peer.takeRequest(bench().patience).text().split(":", -1);
            int number = Integer.parseInt(parts[1]);
            assertEquals(expected.getOrDefault(parts[0], 0), number, "of sender " + parts[0]);
            assertEquals(number * 500, parts[2].length());
            expected.put(parts[0], number + 1);
        }
        for (Thread sender : senders) {
            assertTrue(sender.join(bench().patience));
        }
    }

    @Test
    @Tag("C-90")
    @Tag("C-126")
    void aMessageThatIsNotAnsweredHoldsUpNoOther() throws Exception {
        bench().send("[\"held\"]").done();
        bench().send("[\"next\"]").done();
        assertEquals("[\"held\"]", bench().peer.takeRequest(bench().patience).text());
        assertEquals("[\"next\"]", bench().peer.takeRequest(bench().patience).text());
    }

    @Test
    @Tag("C-101")
    void aMessageThatCannotBeWrittenInTimeEndsTheSocket() throws Exception {
        ScriptedSocket socket = open();
        socket.stopReading();
        bench().send("[\"the last that is read\"]").done();
        bench().send(HUGE, Bench.SHORT).assertProblem(Problem.TIMED_OUT);
        bench().inbox.assertEnd(Problem.TIMED_OUT);
        socket.readAgain();
        socket.awaitEnd(bench().patience);
        open();
    }

    @Test
    @Tag("C-101")
    void anInterruptEndsAMessageThatCannotBeWritten() throws Exception {
        ScriptedSocket socket = open();
        socket.stopReading();
        bench().send("[\"the last that is read\"]").done();
        Sending stuck = bench().send(HUGE);
        awaitWriteStuck();
        stuck.interrupt();
        assertInstanceOf(InterruptedException.class, stuck.failure());
        bench().inbox.end();
        socket.readAgain();
        socket.awaitEnd(bench().patience);
    }

    @Test
    @Tag("C-56")
    void nothingIsSentTwice() throws Exception {
        for (int round = 1; round <= 5; round++) {
            bench().peer.answer(round % 2 == 0 ? Answer.drop() : Answer.reset());
            bench().send("[%d]".formatted(round)).succeeded();
            bench().peer.takeRequest(bench().patience);
            bench().inbox.end();
        }
        open();
        assertEquals(6, bench().peer.requestCount());
    }
}
