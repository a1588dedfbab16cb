package dev.bayeux.tests.bayeux;

import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Reply;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * Scripts what happens to the next messages of one channel. Each call adds to the script, and each entry applies to one
 * message. Safe for concurrent use.
 */
public final class NextMessages {

    final Queue<String> templates = new ConcurrentLinkedQueue<>();
    final Queue<String> patches = new ConcurrentLinkedQueue<>();
    final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    final Queue<Function<Reply, Answer>> changes = new ConcurrentLinkedQueue<>();

    NextMessages() {
    }

    /**
     * Replies with these texts, and does not process the messages; only a handshake whose text has {@code ${clientId}} opens
     * a session.
     *
     * @param texts for each message an object, an array of several, or an empty text for no reply at all;
     *            {@code ${name}} stands for that field of the message
     * @return this
     */
    public NextMessages reply(String... texts) {
        templates.addAll(List.of(texts));
        return this;
    }

    /**
     * Processes the messages as usual and changes the replies; does not hold a connect.
     *
     * @param changedFields for each message an object with the fields that change; {@code null} removes one
     * @return this
     */
    public NextMessages amend(String... changedFields) {
        patches.addAll(List.of(changedFields));
        return this;
    }

    /**
     * Gives the requests with such a message another answer. Records their messages, and does not process them.
     *
     * @param others the answers, one for each request
     * @return this
     */
    public NextMessages answer(Answer... others) {
        answers.addAll(List.of(others));
        return this;
    }

    /**
     * Processes the request with such a message as usual, holding a connect included, and changes the answer at the end:
     * {@code reply -> Answer.drop()} loses the reply.
     *
     * @param change returns the answer to send; must not block
     * @return this
     */
    public NextMessages change(Function<Reply, Answer> change) {
        changes.add(change);
        return this;
    }
}
