package dev.bayeux.tests.bayeux;

import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Reply;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * What happens to the next messages of one channel. Each method adds to what was said before; what is said is used once.
 * Safe for concurrent use.
 */
public final class NextMessages {

    final Queue<String> templates = new ConcurrentLinkedQueue<>();
    final Queue<String> patches = new ConcurrentLinkedQueue<>();
    final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    final Queue<Function<Reply, Answer>> changes = new ConcurrentLinkedQueue<>();

    NextMessages() {
    }

    /**
     * Replies with these texts. Nothing else is done with the messages, except that a handshake's template with
     * {@code ${clientId}} opens a session.
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
     * Processes the messages as usual and changes the replies; a connect is answered at once.
     *
     * @param changedFields for each message an object with the fields that change; {@code null} removes one
     * @return this
     */
    public NextMessages amend(String... changedFields) {
        patches.addAll(List.of(changedFields));
        return this;
    }

    /**
     * Gives the requests with such a message another answer. Their messages are recorded, but nothing else is done with
     * them.
     *
     * @param others for each request what happens instead
     * @return this
     */
    public NextMessages answer(Answer... others) {
        answers.addAll(List.of(others));
        return this;
    }

    /**
     * Processes the request with such a message as usual, a held connect included, and changes what is sent at last:
     * {@code reply -> Answer.drop()} loses the reply.
     *
     * @param change gives what is sent; must not block
     * @return this
     */
    public NextMessages change(Function<Reply, Answer> change) {
        changes.add(change);
        return this;
    }
}
