package dev.bayeux.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.cli.options.JsonArgument;
import dev.bayeux.tests.bayeux.ReplyTweak;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.transport.jdk.JdkLongPollingProvider;
import jakarta.json.Json;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The exception for a batch of lines has the outcome of each line. */
class LinePublisherTest {

    private final ScriptedBayeux server = ScriptedBayeux.start();
    private final BayeuxClient client = BayeuxClient.builder(server.uri()).transports(new JdkLongPollingProvider())
            .onEvent(event -> {}).connectCallTimeout(Cli.LIMIT).build();

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private PublishException failure(String... lines) throws Exception {
        client.connect();
        LinePublisher publisher = new LinePublisher(client, "/a", JsonArgument::parse);
        return assertThrows(PublishException.class, () -> publisher.publish(List.of(lines)));
    }

    private static void assertStarts(String expected, PublishException failed) {
        assertTrue(failed.getMessage().startsWith(expected), failed.getMessage());
    }

    @Test
    void linesAfterARefusedOneHaveTheirOutcome() throws Exception {
        AtomicInteger answered = new AtomicInteger();
        server.tweak(ReplyTweak
                .eachReply(reply -> reply.getString("channel").equals("/a") && answered.incrementAndGet() == 2
                        ? Json.createObjectBuilder(reply).add("successful", false).add("error", "403::no").build()
                        : reply));
        PublishException refused = failure("1", "2", "", "3", "4");
        assertEquals(Outcome.REFUSED, refused.outcome());
        assertStarts("Line 2 was refused, lines 4 to 5 were published: ", refused);
        assertEquals(4, server.messages("/a").size());
    }

    @Test
    void linesWithoutAnAnswerMayHaveBeenPublished() throws Exception {
        server.next("/a").change(reply -> Answer.drop());
        PublishException lost = failure("1", "2", "3");
        assertEquals(Outcome.UNKNOWN, lost.outcome());
        assertStarts("Lines 1 to 3 may have been published or not: ", lost);
    }

    @Test
    void linesThatCannotBeSentAreReportedAsNotSent() throws Exception {
        client.connect();
        client.disconnect();
        LinePublisher publisher = new LinePublisher(client, "/a", JsonArgument::parse);
        assertStarts("Line 1 was not sent: ",
                assertThrows(PublishException.class, () -> publisher.publish(List.of("1"))));
    }
}
