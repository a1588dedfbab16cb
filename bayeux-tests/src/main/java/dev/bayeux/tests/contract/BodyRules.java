package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Ending;
import dev.bayeux.tests.server.ReceivedRequest;
import dev.bayeux.tests.server.Reply;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How the body of a reply becomes a text. */
abstract class BodyRules extends Rules {

    private static final String UMLAUTS = "[\"\u00e4\u00f6\u00fc\"]";

    @Test
    @Tag("C-107")
    @Tag("C-108")
    void aBodyIsReturnedAsItIs() throws Exception {
        String json = " [ {\"channel\":\"/foo\" , \"successful\":true} ]\n";
        String page = "<html>Log in, please.</html>";
        String large = "[\"%s\"]".formatted("0123456789abcdef".repeat(1 << 16));
        assertReturned("JSON", json, Answer.json(json));
        assertReturned("no body", "", Answer.status(200));
        assertReturned("a page", page, Answer.html(page));
        assertReturned("a megabyte", large, Answer.json(large));
        assertReturned("a megabyte in chunks", large, Answer.json(large).framed(Reply.Framing.CHUNKED));
        assertReturned("up to the end of the connection", json, Answer.json(json).framed(Reply.Framing.UNTIL_CLOSED));
        assertReturned("the next one", "[]", Answer.json("[]"));
    }

    private void assertReturned(String name, String text, Answer answer) throws Exception {
        Case.of(name, () -> {
            bench().peer.answer(answer);
            assertEquals(text, bench().send(any()).reply());
        });
    }

    @Test
    @Tag("C-108")
    void aBodyOverTheLimitFails() throws Exception {
        Transport transport = bench().setup().maxReplyBytes(1000).open();
        Reply most = Answer.json(" ".repeat(1000));
        Reply more = Answer.json(" ".repeat(1001));
        for (Reply.Framing framing : List.of(Reply.Framing.LENGTH, Reply.Framing.CHUNKED)) {
            Case.of(framing.toString(), () -> {
                bench().peer.answer(most.framed(framing), more.framed(framing));
                assertEquals(1000, bench().send(transport, any()).reply().length());
                bench().send(transport, any()).assertProblem(Problem.TOO_LARGE);
            });
        }
        assertEquals("[]", bench().send(transport, any()).reply());
    }

    @Test
    @Tag("C-108")
    void aBodyWithoutEndIsNotReadForEver() throws Exception {
        Transport transport = bench().setup().maxReplyBytes(100_000).open();
        bench().peer.answer(Answer.endless());
        Sending sending = bench().send(transport, any());
        ReceivedRequest request = bench().request();
        sending.assertProblem(Problem.TOO_LARGE);
        assertEquals(Ending.LEFT_BY_CLIENT, request.awaitEnd(bench().patience));
    }

    @Test
    @Tag("C-109")
    void aBodyIsReadInItsCharset() throws Exception {
        String split = "[\"%s\"]".formatted("\u20ac".repeat(50_000));
        assertReturned("none is named", UMLAUTS, Answer.json(UMLAUTS));
        assertReturned("no Content-Type", UMLAUTS, Reply.of(200).body(UMLAUTS.getBytes(StandardCharsets.UTF_8)));
        assertReturned("ISO-8859-1", UMLAUTS, in(StandardCharsets.ISO_8859_1, "application/json;charset=ISO-8859-1"));
        assertReturned("UTF-16BE", UMLAUTS,
                in(StandardCharsets.UTF_16BE, "application/json; x=y; Charset=\"utf-16be\""));
        assertReturned("characters split between chunks", split, Answer.json(split).framed(Reply.Framing.CHUNKED));
    }

    @Test
    @Tag("C-109")
    void aBodyThatIsNoTextOfItsCharsetFails() throws Exception {
        bench().peer.answer(in(StandardCharsets.ISO_8859_1, "application/json;charset=UTF-8"),
                in(StandardCharsets.UTF_8, "application/json;charset=no-such-charset"));
        Case.of("bytes of another charset", () -> bench().send(any()).assertProblem(Problem.UNREADABLE));
        Case.of("an unknown charset", () -> bench().send(any()).assertProblem(Problem.UNREADABLE));
    }

    private static Reply in(Charset charset, String contentType) {
        return Reply.of(200).header("Content-Type", contentType).body(UMLAUTS.getBytes(charset));
    }
}
