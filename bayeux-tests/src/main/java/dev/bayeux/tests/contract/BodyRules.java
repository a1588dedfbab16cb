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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How the body of a reply becomes a text. */
abstract class BodyRules extends Rules {

    private static final String UMLAUTS = "[\"\u00e4\u00f6\u00fc\"]";

    @Test
    @Tag("C-108")
    void anEmptyBodyIsAnEmptyText() throws Exception {
        bench().peer.answer(Answer.status(200));
        assertEquals("", bench().send(any()).reply());
    }

    @Test
    @Tag("C-108")
    void whatIsNoJsonIsReturnedAsItIs() throws Exception {
        bench().peer.answer(Answer.html("<html>Log in, please.</html>"));
        assertEquals("<html>Log in, please.</html>", bench().send(any()).reply());
    }

    @Test
    @Tag("C-108")
    void aBodyAtTheLimitIsReturned() throws Exception {
        Transport transport = bench().setup().maxReplyBytes(1000).open();
        String reply = " ".repeat(1000);
        bench().peer.answer(Answer.json(reply), Answer.json(reply).framed(Reply.Framing.CHUNKED));
        assertEquals(reply, bench().send(transport, any()).reply());
        assertEquals(reply, bench().send(transport, any()).reply());
    }

    @Test
    @Tag("C-108")
    void aBodyOverTheLimitFails() throws Exception {
        Transport transport = bench().setup().maxReplyBytes(1000).open();
        String reply = " ".repeat(1001);
        bench().peer.answer(Answer.json(reply), Answer.json(reply).framed(Reply.Framing.CHUNKED));
        bench().send(transport, any()).assertProblem(Problem.TOO_LARGE);
        bench().send(transport, any()).assertProblem(Problem.TOO_LARGE);
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
    void withoutACharsetItIsUtf8() throws Exception {
        bench().peer.answer(Answer.json(UMLAUTS), Reply.of(200).body(UMLAUTS.getBytes(StandardCharsets.UTF_8)));
        assertEquals(UMLAUTS, bench().send(any()).reply());
        assertEquals(UMLAUTS, bench().send(any()).reply());
    }

    @Test
    @Tag("C-109")
    void theHeaderMayNameAnotherCharset() throws Exception {
        bench().peer.answer(in(StandardCharsets.ISO_8859_1, "application/json;charset=ISO-8859-1"),
                in(StandardCharsets.UTF_16BE, "application/json; x=y; Charset=\"utf-16be\""));
        assertEquals(UMLAUTS, bench().send(any()).reply());
        assertEquals(UMLAUTS, bench().send(any()).reply());
    }

    @Test
    @Tag("C-109")
    void bytesThatAreNoTextOfTheCharsetFail() throws Exception {
        bench().peer.answer(in(StandardCharsets.ISO_8859_1, "application/json;charset=UTF-8"));
        bench().send(any()).assertProblem(Problem.UNREADABLE);
    }

    @Test
    @Tag("C-109")
    void aCharsetThatIsUnknownFails() throws Exception {
        bench().peer.answer(in(StandardCharsets.UTF_8, "application/json;charset=no-such-charset"));
        bench().send(any()).assertProblem(Problem.UNREADABLE);
    }

    @Test
    @Tag("C-109")
    void charactersSplitBetweenChunksAreWhole() throws Exception {
        String reply = "[\"%s\"]".formatted("\u20ac".repeat(50_000));
        bench().peer.answer(Answer.json(reply).framed(Reply.Framing.CHUNKED));
        assertEquals(reply, bench().send(any()).reply());
    }

    @Test
    @Tag("C-107")
    void bigRepliesAreReturnedWhole() throws Exception {
        String reply = "[\"%s\"]".formatted("0123456789abcdef".repeat(1 << 16));
        bench().peer.answer(Answer.json(reply), Answer.json(reply).framed(Reply.Framing.CHUNKED));
        assertEquals(reply, bench().send(any()).reply());
        assertEquals(reply, bench().send(any()).reply());
    }

    @Test
    @Tag("C-107")
    void aReplyThatEndsWithItsConnectionIsReturned() throws Exception {
        bench().peer.answer(Answer.json("[1]").framed(Reply.Framing.UNTIL_CLOSED));
        assertEquals("[1]", bench().send(any()).reply());
        assertEquals("[]", bench().send(any()).reply());
    }

    private static Reply in(Charset charset, String contentType) {
        return Reply.of(200).header("Content-Type", contentType).body(UMLAUTS.getBytes(charset));
    }
}
