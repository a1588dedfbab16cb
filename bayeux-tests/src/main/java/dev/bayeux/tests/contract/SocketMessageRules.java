package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.tests.server.Frame;
import dev.bayeux.tests.server.ScriptedSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the server says. */
abstract class SocketMessageRules extends SocketRules {

    private static final String TEXT = "[\"\u00fc \u20ac \ud834\udd1e\"]";
    private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.UTF_8);
    private static final int LIMIT = 10_000;

    private static byte[] spaces(int length) {
        byte[] spaces = new byte[length];
        Arrays.fill(spaces, (byte) ' ');
        return spaces;
    }

    /** The next batch opens another socket, and that one works. */
    private void assertWorksAgain() throws InterruptedException {
        open().send(Frame.text("[\"again\"]"));
        assertEquals("[\"again\"]", bench().inbox.message());
    }

    @Test
    @Tag("C-74")
    @Tag("C-124")
    @Tag("C-126")
    void messagesArriveInTheirOrderAtAnyTime() throws Exception {
        ScriptedSocket socket = open();
        for (int number = 0; number < 100; number++) {
            socket.send(Frame.text("[%d]".formatted(number)));
        }
        for (int number = 0; number < 100; number++) {
            assertEquals("[%d]".formatted(number), bench().inbox.message());
        }
    }

    @Test
    @Tag("C-124")
    void aMessageIsWholeHoweverItArrives() throws Exception {
        ScriptedSocket socket = open();
        byte[] frame = Frame.text(TEXT).bytes();
        assertWhole("one frame", () -> socket.send(Frame.text(TEXT)));
        assertWhole("a fragment for each byte, so that characters are split", () -> {
            socket.send(Frame.first(Arrays.copyOf(BYTES, 1)));
            for (int at = 1; at < BYTES.length; at++) {
                socket.send(Frame.next(at == BYTES.length - 1, Arrays.copyOfRange(BYTES, at, at + 1)));
            }
        });
        assertWhole("control frames between fragments", () -> socket.send(Frame.first(Arrays.copyOf(BYTES, 4)),
                Frame.ping("?"), Frame.next(false, new byte[0]), Frame.pong(),
                Frame.next(true, Arrays.copyOfRange(BYTES, 4, BYTES.length))));
        assertWhole("a frame that arrives in parts", () -> {
            socket.send(new Frame(Arrays.copyOf(frame, 1)), new Frame(Arrays.copyOfRange(frame, 1, 5)));
            bench().inbox.assertEmpty();
            socket.send(new Frame(Arrays.copyOfRange(frame, 5, frame.length)));
        });
    }

    private void assertWhole(String name, Case.Check send) throws Exception {
        Case.of(name, () -> {
            send.run();
            assertEquals(TEXT, bench().inbox.message());
        });
    }

    @Test
    @Tag("C-125")
    void otherTextIsPassedOnUnchanged() throws Exception {
        open().send(Frame.text("[]"), Frame.text(""), Frame.text("<p>"), Frame.text("[1]"));
        assertEquals("[]", bench().inbox.message());
        assertEquals("", bench().inbox.message());
        assertEquals("<p>", bench().inbox.message());
        assertEquals("[1]", bench().inbox.message());
    }

    @Test
    @Tag("C-134")
    void pingsAreAnswered() throws Exception {
        ScriptedSocket socket = open().send(Frame.ping("one"));
        assertEquals("one", socket.takePong(bench().patience));
        socket.send(Frame.pong(), Frame.ping("two"), Frame.text("[1]"));
        assertEquals("two", socket.takePong(bench().patience));
        assertEquals("[1]", bench().inbox.message());
    }

    @Test
    @Tag("C-108")
    void aMessageOverTheLimitEndsTheSocket() throws Exception {
        bench().setup().maxReplyBytes(LIMIT).open();
        String most = "\u20ac".repeat(LIMIT / 3) + " ".repeat(LIMIT % 3);
        ScriptedSocket socket = open();
        socket.send(Frame.text(most), Frame.text(most));
        assertEquals(most, bench().inbox.message());
        assertEquals(most, bench().inbox.message());
        socket.send(Frame.text("\u20ac".repeat(LIMIT / 3 + 1)), Frame.text("[\"late\"]"));
        bench().inbox.assertEnd(Problem.TOO_LARGE);
        assertEquals(1000, socket.awaitClosing(bench().patience).code());
        socket.awaitEnd(bench().patience);
        assertWorksAgain();
    }

    @Test
    @Tag("C-108")
    void aMessageWithoutEndIsNotReadForEver() throws Exception {
        bench().setup().maxReplyBytes(LIMIT).open();
        ScriptedSocket socket = open();
        socket.ignoreClosing();
        socket.send(Frame.first(spaces(LIMIT / 2)));
        for (int more = 0; more < 200 && socket.isOpen(); more++) {
            socket.send(Frame.next(false, spaces(LIMIT / 2)));
        }
        bench().inbox.assertEnd(Problem.TOO_LARGE);
        socket.awaitEnd(bench().patience);
        assertWorksAgain();
    }

    @Test
    @Tag("C-124")
    void aBinaryMessageIsUnreadable() throws Exception {
        Case.of("a binary message", () -> {
            ScriptedSocket socket = open().send(Frame.binary(BYTES));
            bench().inbox.assertEnd(Problem.UNREADABLE);
            assertEquals(1000, socket.awaitClosing(bench().patience).code());
        });
        assertUnreadable("bytes that are not UTF-8", Frame.text(new byte[]{'[', (byte) 0xc3, '(', ']'}),
                Frame.text("[1]"));
        assertUnreadable("half a character at the end", Frame.text(new byte[]{'[', ']', (byte) 0xe2, (byte) 0x82}));
        assertUnreadable("an unknown opcode", new Frame(new byte[]{(byte) 0x83, 0}));
        assertUnreadable("a fragment without a beginning", Frame.next(true, BYTES));
        assertWorksAgain();
    }

    private void assertUnreadable(String name, Frame... frames) throws Exception {
        Case.of(name, () -> {
            ScriptedSocket socket = open().send(frames);
            bench().inbox.assertEnd(Problem.UNREADABLE);
            socket.awaitEnd(bench().patience);
        });
    }
}
