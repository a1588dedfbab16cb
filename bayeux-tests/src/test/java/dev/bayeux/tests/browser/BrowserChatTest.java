package dev.bayeux.tests.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.demo.ChatDemo.Line;
import dev.bayeux.tests.demo.ChatPage;
import dev.bayeux.tests.interop.CometdTestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The demo's page in Chromium, which is a CometD client in JavaScript, chats with our client. Skipped where Chromium,
 * chromedriver or the page is missing. {@code -Dbrowser.screenshot=docs/images/chat.png} takes a picture.
 */
@Tag("optional")
@ExtendWith(NothingLeft.class)
class BrowserChatTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String NAME = "Zoë";

    @TempDir
    private static Path profile;
    private static @Nullable WebDriver started;

    /** A session that is not ended politely stays longer than any test. */
    private final CometdTestServer server = new ChatPage().serveAt(new CometdTestServer())
            .maxInterval(Duration.ofMinutes(2)).start();
    private final WebDriver browser = started;

    @BeforeAll
    static void startBrowser() {
        assumeTrue(WebDriver.isThere(), "skipped: chromium and chromedriver were not found");
        new ChatPage().missing().ifPresent(why -> assumeTrue(false, "skipped: there is no page: " + why));
        started = new WebDriver(profile);
    }

    @AfterAll
    static void endBrowser() {
        if (started != null) {
            started.close();
        }
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"long-polling", "websocket"})
    void bothHearEachOtherAndLeave(String transport) throws Exception {
        try (BayeuxClient client = BayeuxClient.builder(server.uri()).transports("jdk-" + transport).connect();
                PullSubscription<Line> heard = client.subscribe("/chat/demo", Line.class)) {
            join(transport);
            sayInBoth(heard, "Grüß Gott! Is anybody here? \uD83D\uDE00");
            publishToBoth(client, heard, "Καλημέρα Zoë! A Java client is \u2615");
            sayInBoth(heard, "Does <b>&amp;</b> \"arrive\" as it is?");
            publishToBoth(client, heard, "<b>&amp;</b>, to the last \\ of it. Пока! \uD83D\uDE03");
            takePicture();
            server.awaitSessions(2, LIMIT);
            browser.click("#leave");
            browser.awaitText("#status", "left");
            server.awaitSessions(1, LIMIT);
            client.publish("/chat/demo", new Line("Java", "bye"));
            assertEquals("bye", next(heard).text());
        }
        server.awaitSessions(0, LIMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"long-polling", "websocket"})
    void bothComeBackAfterARestartOfTheServer(String transport) throws Exception {
        try (BayeuxClient client = BayeuxClient.builder(server.uri()).transports("jetty-" + transport).connect();
                PullSubscription<Line> heard = client.subscribe("/chat/demo", Line.class)) {
            join(transport);
            server.restart();
            server.awaitSessions(2, LIMIT);
            browser.awaitText("#status", "connected by " + transport);
            assertTrue(client.awaitReady(LIMIT), () -> "not ready: " + client.state());
            say("here again");
            assertEquals(new Line(NAME, "here again"), next(heard));
            browser.click("#leave");
            server.awaitSessions(1, LIMIT);
        }
    }

    @Test
    void anEmptyPageSaysWhatToDo() {
        browser.open(server.uri().resolve("/").toString());
        browser.awaitText("#command", "bayeux shell --autojoin " + server.uri());
    }

    @Test
    void aMessageOfAnotherFormIsShownAsItIs() throws Exception {
        try (BayeuxClient client = BayeuxClient.builder(server.uri()).transports("jdk-long-polling").connect()) {
            join("websocket");
            client.publish("/chat/demo", "a text");
            browser.awaitText("#lines li:last-child", "(another form)\n\"a text\"");
            client.publish("/chat/demo", Map.of("user", "ann"));
            browser.awaitText("#lines li:last-child", "(another form)\n{\"user\":\"ann\"}");
            browser.click("#leave");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"long-polling", "websocket"})
    void aLineThatIsTypedOfflineIsSentLater(String transport) throws Exception {
        join(transport);
        server.stop();
        say("later");
        browser.awaitText("#lines li.own.waiting", NAME + "\nlater");
        server.start();
        browser.awaitText("#lines li.own:not(.waiting)", NAME + "\nlater");
        browser.click("#leave");
        server.awaitSessions(0, LIMIT);
    }

    private void join(String transport) {
        browser.open(server.uri().resolve("/?transport=" + transport).toString());
        browser.fill("#join input", NAME);
        browser.click("#join button");
        browser.awaitText("#status", "connected by " + transport);
    }

    private void say(String text) {
        browser.fill("#say input", text);
        browser.click("#say button");
    }

    private void sayInBoth(PullSubscription<Line> heard, String text) throws InterruptedException {
        say(text);
        awaitInBoth(heard, new Line(NAME, text));
    }

    private void publishToBoth(BayeuxClient client, PullSubscription<Line> heard, String text)
            throws InterruptedException {
        client.publish("/chat/demo", new Line("Java", text));
        awaitInBoth(heard, new Line("Java", text));
    }

    private void awaitInBoth(PullSubscription<Line> heard, Line line) throws InterruptedException {
        assertEquals(line, next(heard));
        browser.awaitText("#lines li:last-child", line.user() + "\n" + line.text());
    }

    private static Line next(PullSubscription<Line> heard) throws InterruptedException {
        return heard.poll(LIMIT).orElseThrow(() -> new AssertionError("nothing heard within " + LIMIT)).data();
    }

    private void takePicture() throws IOException {
        String file = System.getProperty("browser.screenshot", "");
        if (!file.isEmpty()) {
            Path picture = Path.of("").toAbsolutePath().resolveSibling(file);
            Files.createDirectories(picture.getParent());
            Files.write(picture, browser.screenshot());
        }
    }
}
