package dev.bayeux.tests.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.NothingLeft;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
class ScriptedServerTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String POST = "POST /bayeux HTTP/1.1\r\nHost: test\r\nX-Mark: one\r\nContent-Length: 4\r\n\r\n[17]";

    private final ScriptedServer server = ScriptedServer.start();
    private final List<Socket> clients = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        server.close();
    }

    private Socket connect() throws IOException {
        URI uri = server.uri();
        Socket client = new Socket(uri.getHost(), uri.getPort());
        clients.add(client);
        client.setSoTimeout((int) LIMIT.toMillis());
        return client;
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String readUntil(Socket client, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = client.getInputStream().read();
            if (next < 0) {
                throw new IOException("Ended after: " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }

    private static String readAll(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void repliesAreSentInOrderOnOneConnection() throws Exception {
        server.answer(Answer.json("[1]"), Answer.json("[2]").framed(Reply.Framing.CHUNKED));
        Socket client = connect();
        send(client, POST);
        assertTrue(readUntil(client, "[1]").startsWith("HTTP/1.1 200 "));
        // The server counts a request as answered a moment after the client has the answer.
        assertEquals(Ending.ANSWERED, server.takeRequest(LIMIT).awaitEnd(LIMIT));
        send(client, POST);
        assertTrue(readUntil(client, "0\r\n\r\n").contains("\r\n3\r\n[2]\r\n"));
        assertEquals(1, server.connectionCount());
        assertEquals(1, server.mostRequestsAtOnce());
    }

    @Test
    void requestsAreRecordedWithHeadersAndBody() throws Exception {
        send(connect(), POST);
        ReceivedRequest request = server.takeRequest(LIMIT);
        assertEquals("POST", request.method());
        assertEquals("/bayeux", request.target());
        assertEquals("one", request.header("x-mark"));
        assertEquals("[17]", request.text());
        assertEquals(17, request.json().asJsonArray().getInt(0));
        assertEquals(Ending.ANSWERED, request.awaitEnd(LIMIT));
    }

    @Test
    void chunkedRequestsAreRead() throws Exception {
        send(connect(),
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\n[1\r\n3\r\n,2]\r\n0\r\nT: t\r\n\r\n");
        assertEquals("[1,2]", server.takeRequest(LIMIT).text());
    }

    @Test
    void anAnswerThatKnowsItsRequestIsGivenUpBeforeTheServerHasIt() throws Exception {
        Held held = Answer.held(Answer.json("[]"));
        CompletableFuture<Boolean> released = new CompletableFuture<>();
        server.answerWith(request -> {
            held.answers(request);
            server.goDown();
            released.complete(held.release(Answer.json("[]")));
            return held;
        });
        send(connect(), POST);
        assertFalse(released.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
        assertEquals(Ending.BROKEN_BY_SERVER, server.takeRequest(LIMIT).awaitEnd(LIMIT));
    }

    @Test
    void requestsOnSeveralConnectionsAreServedAtOnce() throws Exception {
        Held held = Answer.held(Answer.json("[1]"));
        server.answer(held, Answer.json("[2]"));
        Socket first = connect();
        send(first, POST);
        server.takeRequest(LIMIT);
        Socket second = connect();
        send(second, POST);
        readUntil(second, "[2]");
        held.release();
        readUntil(first, "[1]");
        assertEquals(2, server.mostRequestsAtOnce());
    }

    @Test
    void aHeldAnswerNoticesThatTheClientHasGone() throws Exception {
        Held held = Answer.held(Answer.json("[]"));
        CompletableFuture<Boolean> abandoned = new CompletableFuture<>();
        held.whenAbandoned(() -> abandoned.complete(true));
        server.answer(held);
        Socket client = connect();
        send(client, POST);
        ReceivedRequest request = server.takeRequest(LIMIT);
        client.close();
        assertEquals(Ending.LEFT_BY_CLIENT, request.awaitEnd(LIMIT));
        assertTrue(abandoned.isDone());
        server.awaitNoConnections(LIMIT);
    }

    @Test
    void aStalledAnswerEndsWithTheClient() throws Exception {
        server.answer(Answer.stall());
        Socket client = connect();
        send(client, POST);
        ReceivedRequest request = server.takeRequest(LIMIT);
        assertThrows(AssertionError.class, () -> request.awaitEnd(Duration.ofMillis(1)));
        client.close();
        assertEquals(Ending.LEFT_BY_CLIENT, request.awaitEnd(LIMIT));
    }

    @Test
    void anEndlessAnswerEndsWithTheClient() throws Exception {
        server.answer(Answer.endless());
        Socket client = connect();
        send(client, POST);
        readUntil(client, "   ");
        client.close();
        assertEquals(Ending.LEFT_BY_CLIENT, server.takeRequest(LIMIT).awaitEnd(LIMIT));
    }

    @Test
    void aCutAnswerEndsWithinTheBody() throws Exception {
        server.answer(Answer.cut(Answer.json("[1,2,3]"), 3));
        Socket client = connect();
        send(client, POST);
        String all = readAll(client.getInputStream());
        assertTrue(all.contains("Content-Length: 7\r\n") && all.endsWith("\r\n\r\n[1,"), all);
        assertEquals(Ending.BROKEN_BY_SERVER, server.takeRequest(LIMIT).awaitEnd(LIMIT));
    }

    @Test
    void aPausedAnswerContinuesWhenItIsReleased() throws Exception {
        Paused paused = Answer.paused(Answer.json("[1,2,3]"), 3);
        server.answer(paused);
        Socket client = connect();
        send(client, POST);
        readUntil(client, "[1,");
        paused.release();
        readUntil(client, "2,3]");
        assertEquals(Ending.ANSWERED, server.takeRequest(LIMIT).awaitEnd(LIMIT));
    }

    @Test
    void droppedRawAndResetAnswersEndTheConnection() throws Exception {
        server.answer(Answer.drop(), Answer.raw("no HTTP"), Answer.reset());
        Socket dropped = connect();
        send(dropped, POST);
        assertEquals("", readAll(dropped.getInputStream()));
        Socket raw = connect();
        send(raw, POST);
        assertEquals("no HTTP", readAll(raw.getInputStream()));
        Socket reset = connect();
        send(reset, POST);
        assertThrows(SocketException.class, () -> readAll(reset.getInputStream()));
    }

    @Test
    void goingDownRefusesAndComingBackKeepsThePort() throws Exception {
        Socket before = connect();
        send(before, POST);
        readUntil(before, "[]");
        URI uri = server.uri();
        server.goDown();
        assertEquals(-1, before.getInputStream().read());
        assertThrows(ConnectException.class, this::connect);
        server.comeBack();
        Socket after = connect();
        send(after, POST);
        readUntil(after, "[]");
        assertEquals(uri, server.uri());
    }

    @Test
    void aFailingScriptIsReported() throws Exception {
        server.answerWith(request -> {
            throw new IllegalStateException("on purpose");
        });
        Socket client = connect();
        send(client, POST);
        readUntil(client, "500");
        assertThrows(AssertionError.class, server::assertScriptWorked);
    }

    @Test
    void closeEndsHeldRequests() throws Exception {
        server.answer(Answer.stall());
        Socket client = connect();
        send(client, POST);
        ReceivedRequest request = server.takeRequest(LIMIT);
        server.close();
        assertEquals(Ending.BROKEN_BY_SERVER, request.awaitEnd(LIMIT));
        server.awaitNoConnections(LIMIT);
        assertThrows(ConnectException.class, this::connect);
    }

    @Test
    void aSilentPortAcceptsNoConnection() throws Exception {
        try (SilentPort silent = SilentPort.open(); Socket client = new Socket()) {
            assertThrows(IOException.class, () -> client
                    .connect(new InetSocketAddress(silent.uri().getHost(), silent.uri().getPort()), 100));
        }
    }
}
