package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Held;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Messages of the server. */
abstract class DuplexMessageRules extends DuplexRules {

    private static final int LIMIT = 100_000;

    @Test
    @Tag("C-74")
    @Tag("C-124")
    @Tag("C-126")
    void messagesArriveInTheirOrderAtAnyTime() throws Exception {
        List<Held> unasked = new ArrayList<>();
        for (int number = 0; number < 20; number++) {
            unasked.add(toSay(Answer.json("[%d]".formatted(number))));
        }
        for (int number = 0; number < 20; number++) {
            unasked.get(number).release();
            assertEquals("[%d]".formatted(number), inbox().message());
        }
        inbox().assertEmpty();
    }

    @Test
    @Tag("C-124")
    void aMessageIsWholeHoweverItArrives() throws Exception {
        String characters = "[\"\u00fc \u20ac \ud834\udd1e\"]";
        String text = "[\"%s\"]".formatted("\u20ac".repeat(1000));
        assertWhole("characters of each length in UTF-8", characters, Answer.json(characters));
        for (int bytes : new int[]{1, 4, 1500}) {
            assertWhole("in two parts, the first of %d bytes".formatted(bytes), text,
                    Answer.paused(Answer.json(text), bytes, Duration.ofMillis(50)));
        }
    }

    private void assertWhole(String name, String text, Answer answer) throws Exception {
        Case.of(name, () -> {
            say(answer);
            assertEquals(text, inbox().message());
        });
    }

    @Test
    @Tag("C-125")
    void otherTextIsPassedOnUnchanged() throws Exception {
        for (String text : new String[]{"{}", "[]", "nonsense", "[{]"}) {
            Case.of(text, () -> {
                say(Answer.json(text));
                assertEquals(text, inbox().message());
            });
        }
    }

    @Test
    @Tag("C-108")
    void aMessageOverTheLimitEndsTheConnection() throws Exception {
        setup().maxReplyBytes(LIMIT).open();
        String most = "\u20ac".repeat(LIMIT / 3) + " ".repeat(LIMIT % 3);
        for (int round = 0; round < 2; round++) {
            say(Answer.json(most));
            assertEquals(most, inbox().message());
        }
        say(Answer.json("\u20ac".repeat(LIMIT / 3 + 1)));
        assertLostOnce(Problem.TOO_LARGE);
    }

    @Test
    @Tag("C-108")
    void aMessageWithoutEndIsNotReadForEver() throws Exception {
        setup().maxReplyBytes(LIMIT).open();
        say(Answer.endless());
        assertLostOnce(Problem.TOO_LARGE);
    }
}
