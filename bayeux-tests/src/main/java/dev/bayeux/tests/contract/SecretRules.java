package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bayeux.api.spi.Transport;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.SilentPort;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * No failure contains a secret, in its text or in that of a cause: neither the query of the address, nor headers, cookies or
 * messages of a request, nor what the server has answered.
 */
@Tag("C-135")
abstract class SecretRules extends Rules {

    private static final String SECRET = "s3cr3t";
    private static final String HEX = HexFormat.of().formatHex(SECRET.getBytes(StandardCharsets.US_ASCII));
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Session: %s\r\n"
            .formatted(SECRET);

    /** A transport all of whose requests have secrets wherever one can be. */
    private TransportSetup setup(URI server) {
        CookieManager cookies = new CookieManager();
        HttpCookie cookie = new HttpCookie("session", SECRET);
        cookie.setVersion(0);
        cookie.setPath("/");
        cookies.getCookieStore().add(server, cookie);
        return bench().setup().uri(URI.create(server + "?token=" + SECRET)).cookies(cookies)
                .headers(() -> Map.of("Authorization", "Bearer " + SECRET, "X-Api-Key", SECRET));
    }

    private Sending send() {
        return send(setup(bench().peer.uri()).open());
    }

    private Sending send(Transport transport) {
        return bench().send(transport, "[{\"channel\":\"/any\",\"data\":\"%s\"}]".formatted(SECRET));
    }

    /** Waits for the end; an answer that is understood is no failure. */
    private static void assertNoSecret(Sending sending) throws InterruptedException {
        if (!sending.succeeded()) {
            StringWriter trace = new StringWriter();
            sending.failure().printStackTrace(new PrintWriter(trace));
            String text = trace.toString();
            assertFalse(text.contains(SECRET) || text.toLowerCase(Locale.ROOT).contains(HEX), text);
        }
    }

    private void assertNoSecretAfter(Answer... answers) throws Exception {
        for (int n = 0; n < answers.length; n++) {
            Answer answer = answers[n];
            Case.of("answer %d of %d".formatted(n + 1, answers.length), () -> {
                bench().peer.answer(answer);
                assertNoSecret(send());
            });
        }
    }

    @Test
    void noFailureTellsASecret() throws Exception {
        Case.of("a status", this::status);
        Case.of("a lost connection", this::lost);
        Case.of("a limit", this::overLimits);
        if (contract().http()) {
            Case.of("an answer that cannot be read", this::unreadable);
        }
        Case.of("no connection", this::notConnected);
    }

    private void notConnected() throws Exception {
        bench().peer.goDown();
        assertNoSecret(send());
        if (contract().http()) {
            assertNoSecret(send(setup(UnknownHost.uri()).open()));
            try (SilentPort silent = SilentPort.open()) {
                assertNoSecret(send(setup(silent.uri()).connectTimeout(Bench.SHORT).open()));
            }
        }
    }

    private void lost() throws Exception {
        assertNoSecretAfter(Answer.drop(), Answer.reset(), Answer.cut(Answer.json("[\"%s\"]".formatted(SECRET)), 9),
                Answer.raw(HEAD), Answer.raw(HEAD + "Set-Cookie: a=" + SECRET),
                Answer.raw(HEAD + "Content-Length: 20\r\n\r\n[\"" + SECRET));
    }

    private void unreadable() throws Exception {
        assertNoSecretAfter(Answer.raw(SECRET + "\r\n\r\n"), Answer.raw("HTTP/1.1 " + SECRET + "\r\n\r\n"),
                Answer.raw(HEAD + SECRET + "\r\n\r\n"), Answer.raw(HEAD + "X-Other: \u0007" + SECRET + "\r\n\r\n"),
                Answer.raw(HEAD + SECRET + "\u0007: a\r\n\r\n"),
                Answer.raw(HEAD + "Content-Length: " + SECRET + "\r\n\r\n"),
                Answer.raw(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + SECRET + "\r\n[]\r\n0\r\n\r\n"),
                Answer.raw(HEAD + "Content-Encoding: gzip\r\nContent-Length: 6\r\n\r\n" + SECRET),
                Answer.raw("HTTP/1.1 200 OK\r\nContent-Type: text/plain;charset=UTF-16LE\r\nContent-Length: 7\r\n\r\n"
                        + SECRET + "x"));
    }

    private void overLimits() throws Exception {
        bench().peer.answer(Answer.stall());
        assertNoSecret(bench().send(setup(bench().peer.uri()).open(), "[\"%s\"]".formatted(SECRET), Bench.SHORT));
        bench().peer.answerWith(request -> Answer.json(SECRET.repeat(100)));
        assertNoSecret(send(setup(bench().peer.uri()).maxReplyBytes(100).open()));
        if (contract().http()) {
            bench().peer.answerWith(request -> Answer.json("[]").header("X-Filler", SECRET.repeat(1 << 16)));
            assertNoSecret(send());
        }
    }

    private void status() throws Exception {
        String elsewhere = "http://me:%s@elsewhere.invalid/?token=%s".formatted(SECRET, SECRET);
        byte[] body = SECRET.getBytes(StandardCharsets.UTF_8);
        for (int status : List.of(302, 308, 400, 401, 407, 413, 500, 503)) {
            Answer answer = Answer.status(status).header("Location", elsewhere).header("X-Session", SECRET)
                    .header("Retry-After", SECRET).header("WWW-Authenticate", "Basic realm=\"%s\"".formatted(SECRET))
                    .header("Proxy-Authenticate", "Basic realm=\"%s\"".formatted(SECRET)).body(body);
            Case.of("status " + status, () -> assertNoSecretAfter(answer));
        }
    }
}
