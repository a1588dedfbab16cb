package dev.bayeux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.spi.Inbox;
import dev.bayeux.api.spi.TransportContext;
import java.net.URI;
import java.net.ProtocolException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveSocketTest {

    private final List<String> written = new ArrayList<>();
    private final List<String> inbox = new ArrayList<>();
    private final LiveSocket live = new LiveSocket(
            TransportContext.to(URI.create("http://host/cometd")).withInbox(new Inbox() {

                @Override
                public void received(String text) {
                    inbox.add(text);
                }

                @Override
                public void progressed() {
                    inbox.add("part");
                }

                @Override
                public void writing() {
                    inbox.add("writing");
                }

                @Override
                public void disconnected(TransportException reason) {
                    inbox.add(reason.getMessage());
                }
            }));

    LiveSocketTest() {
        live.opened(new WrittenTexts(written));
    }

    private String written(String text) throws InterruptedException {
        live.write(text, System.nanoTime() + TimeUnit.SECONDS.toNanos(10));
        return written.getLast();
    }

    @Test
    void wellFormedTextIsWrittenUnchanged() throws Exception {
        String text = "[\"\u00e9 \ud83d\ude00\ud83d\ude01\"]";

        assertSame(text, written(text), "neither encoded nor decoded on the way");
    }

    @Test
    void eachPartOfAMessageIsProgress() {
        live.text("[", false);
        live.text("1", false);
        live.text("]", true);
        live.text("[2]", true);

        assertEquals(List.of("part", "part", "[1]", "[2]"), inbox);
    }

    @Test
    void theInboxHearsOfAWriteOnlyWhileTheSocketIsOpen() throws Exception {
        written("[1]");
        assertEquals(List.of("writing"), inbox);
        live.leave(new TransportException(TransportException.Problem.CLOSED, "over", null));
        assertFalse(live.write("[2]", Long.MAX_VALUE), "nothing of it was written");
        assertEquals(List.of("writing"), inbox);
    }

    @Test
    void aConnectionThatEndsIsNoNameOfAClass() throws Exception {
        live.failed(new ClosedChannelException());

        String told = inbox.getLast();
        assertTrue(told.contains("was lost (the server closed the connection without a close frame)."), told);
    }

    @Test
    void theEndOfASocketTellsWhatToDo() throws Exception {
        live.failed(new ClosedChannelException());
        assertTrue(inbox.getLast().contains("been restarted"), inbox.getLast());
    }

    @ParameterizedTest
    @CsvSource({"1006, been restarted", "1001, been restarted", "1009, maxRequestBytes", "1011, log",
            "4000, log"})
    void aCloseCodeTellsWhatToDo(int code, String advice) {
        live.closed(code, "");
        assertTrue(inbox.getLast().contains(advice), inbox.getLast());
    }

    @Test
    void theReasonOfAWrongFrameMayBeInACause() throws Exception {
        live.failed(new ProtocolException().initCause(new IllegalStateException("Unexpected frame Continuation")));

        String told = inbox.getLast();
        assertTrue(told.contains("does not allow (Unexpected frame Continuation)"), told);
    }
}
