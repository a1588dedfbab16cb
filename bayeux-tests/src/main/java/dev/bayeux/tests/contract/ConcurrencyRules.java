package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several requests at once: none waits for another, none gets the answer of another. */
abstract class ConcurrencyRules extends Rules {

    private static final int SENDERS = 20;
    private static final int SENDS = 10;

    @Test
    @Tag("C-49")
    void aHeldRequestHoldsUpNoOther() throws Exception {
        bench().send(any()).reply();
        bench().request();
        Held held = Answer.held(Answer.json("[\"held\"]"));
        bench().peer.answer(held, Answer.json("[1]"), Answer.json("[2]"));
        Sending poll = bench().send("[\"poll\"]");
        bench().request();
        assertEquals("[1]", bench().send(any()).reply());
        assertEquals("[2]", bench().send(any()).reply());
        held.release();
        assertEquals("[\"held\"]", poll.reply());
    }

    @Test
    @Tag("C-49")
    void answersInAnotherOrderFindTheirRequests() throws Exception {
        List<Held> answers = new ArrayList<>();
        List<Sending> sendings = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            Held held = Answer.held(Answer.json("[%d]".formatted(number)));
            answers.add(held);
            bench().peer.answer(held);
            sendings.add(bench().send(any()));
            bench().request();
        }
        for (int number = 2; number >= 0; number--) {
            answers.get(number).release();
            assertEquals("[%d]".formatted(number), sendings.get(number).reply());
        }
        assertEquals(3, bench().peer.mostRequestsAtOnce());
    }

    @Test
    @Tag("C-49")
    void manySendersGetTheirOwnAnswers() throws Exception {
        bench().peer.answerWith(request -> Answer.json(request.text()));
        RequestResponseTransport transport = assertInstanceOf(RequestResponseTransport.class,
                bench().transport());
        List<CompletableFuture<Void>> senders = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
            String name = "[\"sender %d, batch ".formatted(sender);
            CompletableFuture<Void> done = new CompletableFuture<>();
            senders.add(done);
            Thread.ofVirtual().name("test-sender").start(() -> {
                try {
                    for (int number = 0; number < SENDS; number++) {
                        String batch = name + number + "\"]";
                        assertEquals(batch, transport.exchange(new Batch(batch, Bench.LONG)));
                    }
                    done.complete(null);
                } catch (Throwable failure) {
                    done.completeExceptionally(failure);
                }
            });
        }
        for (CompletableFuture<Void> sender : senders) {
            // Each of them for itself: together they may take long on a busy machine.
            sender.get(SENDS * bench().patience.toNanos(), TimeUnit.NANOSECONDS);
        }
        assertEquals(SENDERS * SENDS, bench().peer.requestCount());
    }

    @Test
    void twoTransportsDoNotDisturbEachOther() throws Exception {
        Held held = Answer.held(Answer.json("[\"held\"]"));
        bench().peer.answer(held, Answer.json("[1]"));
        Sending poll = bench().send(bench().setup().open(), any());
        bench().request();
        assertEquals("[1]", bench().send(bench().setup().open(), any()).reply());
        held.release();
        assertEquals("[\"held\"]", poll.reply());
    }
}
