package dev.bayeux.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Credentials;
import dev.bayeux.api.CredentialsSource;
import dev.bayeux.api.http.HttpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class OAuthCredentialsTest {

    private final TokenServer server = new TokenServer();
    private final TestClock clock = new TestClock();

    OAuthCredentialsTest() throws IOException {
    }

    @AfterEach
    void close() {
        server.close();
    }

    private OAuthCredentials.Builder clientCredentials() {
        return OAuthCredentials.clientCredentials(server.uri(), "shop", "top:secret&").clock(clock);
    }

    private static String bearer(Credentials credentials) {
        return credentials.headers().get("Authorization");
    }

    @Test
    void clientCredentialsAreSentByBasicAndTheTokenComesAsBearer() throws Exception {
        server.token("{'access_token':'one','token_type':'bearer','expires_in':3600}");
        OAuthCredentials source = clientCredentials().scopes("api", "events").parameter("audience", "bayeux").build();

        Credentials credentials = source.credentials(false);

        assertEquals("Bearer one", bearer(credentials));
        assertEquals(Optional.of(clock.instant().plusSeconds(3600)), credentials.expiresAt());
        TokenServer.Request request = server.request();
        assertEquals(Map.of("grant_type", "client_credentials", "scope", "api events", "audience", "bayeux"),
                request.form());
        assertEquals(
                "Basic " + Base64.getEncoder().encodeToString("shop:top%3Asecret%26".getBytes(StandardCharsets.UTF_8)),
                request.authorization());
    }

    @Test
    void clientCredentialsAreSentInTheBodyWhereWanted() throws Exception {
        server.token("{'access_token':'one'}");

        clientCredentials().authentication(ClientAuthentication.BODY).build().token();

        TokenServer.Request request = server.request();
        assertEquals(Map.of("grant_type", "client_credentials", "client_id", "shop", "client_secret", "top:secret&"),
                request.form());
        assertNull(request.authorization());
    }

    @Test
    void aTokenIsKeptUntilATenthOfItsTimeIsLeft() throws Exception {
        server.token("{'access_token':'one','expires_in':'100'}").token("{'access_token':'two','expires_in':100}");
        OAuthCredentials source = clientCredentials().build();

        AccessToken first = source.token();
        clock.pass(Duration.ofSeconds(89));
        assertSame(first, source.token());
        clock.pass(Duration.ofSeconds(1));
        assertEquals("two", source.token().value());
    }

    @Test
    void aTokenOfLongLifeIsKeptUntilThirtySecondsAreLeft() throws Exception {
        server.token("{'access_token':'one','expires_in':7200}").token("{'access_token':'two'}");
        OAuthCredentials source = clientCredentials().build();

        AccessToken first = source.token();
        clock.pass(Duration.ofSeconds(7169));
        assertSame(first, source.token());
        clock.pass(Duration.ofSeconds(1));
        assertEquals("two", source.token().value());
    }

    @Test
    void aTokenWithoutAnEndIsKeptUnlessALifetimeIsAssumed() throws Exception {
        server.token("{'access_token':'one'}").token("{'access_token':'two'}");

        assertEquals(Optional.empty(), clientCredentials().build().token().expiresAt());
        assertEquals(Optional.of(clock.instant().plusSeconds(600)),
                clientCredentials().assumedLifetime(Duration.ofMinutes(10)).build().token().expiresAt());
    }

    @Test
    void aRefusedTokenIsReplaced() throws Exception {
        server.token("{'access_token':'one'}").token("{'access_token':'two'}");
        OAuthCredentials source = clientCredentials().build();

        assertEquals("Bearer one", bearer(source.credentials(false)));
        assertEquals("Bearer two", bearer(source.credentials(true)));
        assertEquals("Bearer two", bearer(source.credentials(false)));
    }

    @Test
    void manyClientsThatAreRefusedMakeOneRequest() throws Exception {
        server.token("{'access_token':'one'}").token("{'access_token':'two'}").token("{'access_token':'three'}");
        OAuthCredentials source = clientCredentials().build();
        List<CredentialsSource> clients = Stream.generate(source::forClient).limit(40).toList();
        List<Future<Credentials>> refused = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (CredentialsSource client : clients) {
                assertEquals("Bearer one", bearer(client.credentials(false)));
            }
            clients.forEach(client -> refused.add(threads.submit(() -> client.credentials(true))));
        }
        for (Future<Credentials> each : refused) {
            assertEquals("Bearer two", bearer(each.get()));
        }
        assertEquals(2, server.waitingRequests());
    }

    @Test
    void aFailureReachesEachWaitingThreadAndTheNextCallTriesAgain() throws Exception {
        server.answer(503, "busy").token("{'access_token':'one'}");
        OAuthCredentials source = clientCredentials().build();

        OAuthException failed = assertThrows(OAuthException.class, source::token);

        assertEquals(OptionalInt.of(503), failed.status());
        assertEquals("one", source.token().value());
    }

    @Test
    void anInterruptOfTheOnlyThreadAbandonsTheRequest() throws Exception {
        OAuthCredentials source = clientCredentials().build();
        FutureTask<AccessToken> waiting = new FutureTask<>(source::token);
        Thread thread = Thread.ofVirtual().start(waiting);
        server.request();

        thread.interrupt();

        assertTrue(thread.join(Duration.ofSeconds(60)));
        assertTrue(waiting.exceptionNow() instanceof InterruptedException, () -> waiting.exceptionNow().toString());
        // The first is for the request that was given up.
        server.token("{'access_token':'lost'}").token("{'access_token':'one'}");
        assertTrue(List.of("one", "lost").contains(source.token().value()));
        server.request();
    }

    @Test
    void aRequestWithARefreshTokenContinuesAfterAnInterruptOfItsLastThread() throws Exception {
        List<String> stored = java.util.Collections.synchronizedList(new ArrayList<>());
        OAuthCredentials source = OAuthCredentials.refreshToken(server.uri(), "shop", "first")
                .onRefreshToken(stored::add)
                .build();
        FutureTask<AccessToken> waiting = new FutureTask<>(source::token);
        Thread thread = Thread.ofVirtual().start(waiting);
        server.request();

        thread.interrupt();
        assertTrue(thread.join(Duration.ofSeconds(60)));
        server.token("{'access_token':'one','refresh_token':'second'}");

        assertEquals("one", source.token().value());
        assertEquals(List.of("second"), stored);
        assertEquals(0, server.waitingRequests());
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aServerThatDoesNotAnswerInTimeFailsTheRequest(boolean stalls) {
        if (stalls) {
            server.stall();
        }
        OAuthCredentials source = clientCredentials().timeout(Duration.ofMillis(300)).build();

        OAuthException late = assertThrows(OAuthException.class, source::token);

        assertEquals(
                "Cannot get an access token from " + server.uri() + ": no complete response within 300 ms (timeout).",
                late.getMessage());
        assertEquals(OptionalInt.empty(), late.status());
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws Exception {
        // Bound, but nobody listens; a port that is free could be taken by another program meanwhile.
        try (Socket nobody = new Socket()) {
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String address = "http://localhost:" + nobody.getLocalPort() + "/token";
            OAuthCredentials source = OAuthCredentials
                    .clientCredentials(URI.create(address + "?key=hidden"), "shop", "secret").build();

            String text = assertThrows(OAuthException.class, source::token).getMessage();

            assertTrue(text.startsWith("Cannot get an access token from " + address + ": "), text);
            assertFalse(text.contains("hidden"), text);
        }
    }

    @Test
    void anErrorSaysWhatTheServerSaidAndWhatToDoWithoutASecret() {
        server.answer(400, """
                {"error":"invalid_client","error_description":"no client\\nwith top:secret& or top%3Asecret%26"}""");

        OAuthException failed = assertThrows(OAuthException.class, () -> clientCredentials().build().token());

        assertEquals("Cannot get an access token from " + server.uri()
                + ": HTTP status 400, invalid_client: no client\\nwith *** or ***."
                + " Check the client id and the client secret.", failed.getMessage());
        assertEquals(Optional.of("invalid_client"), failed.error());
        assertEquals(OptionalInt.of(400), failed.status());
    }

    static Stream<Arguments> unusableAnswers() {
        return Stream.of(
                Arguments.of(200, "{'error':'bad_verification_code'}", "bad_verification_code"),
                Arguments.of(200, "<html>Log in</html>", "a response that is no JSON object. Is it the address"),
                Arguments.of(200, "[1]", "a response that is no JSON object"),
                Arguments.of(200, "", "a response that is no JSON object"),
                Arguments.of(404, "<html>none</html>", "HTTP status 404, no error code. Is it the address"),
                Arguments.of(200, "{'token':'x'}", "without a usable access_token"),
                Arguments.of(200, "{'access_token':'one\\ntwo'}", "without a usable access_token"),
                Arguments.of(200, "{'access_token':'x','token_type':'mac'}", "a token of type mac"),
                Arguments.of(200, "{'access_token':'x','expires_in':-5}", "an expires_in that is no positive number"),
                Arguments.of(200, "{'access_token':'x','expires_in':'soon'}",
                        "an expires_in that is no positive number"),
                Arguments.of(200, "{'access_token':'x','instance_url':'http://example.org'}",
                        "an instance_url that is no https address"),
                Arguments.of(200, "{'access_token':'" + "x".repeat(70_000) + "'}",
                        "a response of more than 65536 bytes"));
    }

    @ParameterizedTest
    @MethodSource("unusableAnswers")
    void anAnswerThatIsNoTokenIsExplained(int status, String body, String expected) {
        server.answer(status, body.replace('\'', '"'));

        String text = assertThrows(OAuthException.class, () -> clientCredentials().build().token()).getMessage();

        assertTrue(text.contains(expected), text);
    }

    @Test
    void anExtremeLifetimeIsCut() throws Exception {
        server.token("{'access_token':'x','expires_in':1e300}");

        assertEquals(Optional.of(clock.instant().plus(Duration.ofDays(3_660))),
                clientCredentials().build().token().expiresAt());
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (TokenServer other = new TokenServer()) {
            server.redirect(other.uri());

            String text = assertThrows(OAuthException.class, () -> clientCredentials().build().token()).getMessage();

            assertTrue(text.contains("HTTP status 302") && text.contains("Redirects are not followed"), text);
            assertEquals(0, other.waitingRequests());
        }
        HttpClient.Builder following = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL);
        try (HttpClient client = following.build()) {
            OAuthCredentials.Builder builder = clientCredentials();
            assertThrows(IllegalArgumentException.class, () -> builder.httpClient(client));
        }
    }

    @Test
    void theHttpClientOfTheProgramIsUsedAndStaysOpen() throws Exception {
        server.token("{'access_token':'one'}").token("{'access_token':'two'}");
        try (HttpClient client = HttpClient.newHttpClient()) {
            OAuthCredentials source = clientCredentials().httpClient(client).build();

            source.token();
            source.credentials(true);

            assertFalse(client.isTerminated());
        }
    }

    @Test
    void tokenRequestsGoThroughTheProxyWithItsLogin() throws Exception {
        server.token("{'access_token':'one'}");
        URI behind = URI.create("http://localhost:1/token");
        OAuthCredentials source = OAuthCredentials.clientCredentials(behind, "shop", "secret")
                .http(HttpSettings.DEFAULT.withProxy("127.0.0.1", server.uri().getPort())
                        .withProxyLogin(proxy -> new PasswordAuthentication("me", "pw".toCharArray())))
                .build();

        assertEquals("one", source.token().value());

        TokenServer.Request request = server.request();
        assertEquals(behind, request.target());
        assertEquals("Basic " + Base64.getEncoder().encodeToString("me:pw".getBytes(StandardCharsets.UTF_8)),
                request.proxyLogin());
    }

    @Test
    void noTokenIsAskedForWhereEveryServerIsTrusted() {
        OAuthCredentials.Builder builder = clientCredentials();
        HttpSettings insecure = HttpSettings.DEFAULT.withInsecureTls();
        assertThrows(IllegalArgumentException.class, () -> builder.http(insecure));
    }

    @Test
    void aNewRefreshTokenReplacesTheOldOneAndIsStored() throws Exception {
        List<String> stored = new ArrayList<>();
        server.token("{'access_token':'one','refresh_token':'second'}").token("{'access_token':'two'}");
        OAuthCredentials source = OAuthCredentials.refreshToken(server.uri(), "shop", "first")
                .onRefreshToken(stored::add)
                .build();

        source.credentials(false);
        source.credentials(true);

        assertEquals(Map.of("grant_type", "refresh_token", "client_id", "shop", "refresh_token", "first"),
                server.request().form());
        assertEquals("second", server.request().form().get("refresh_token"));
        assertEquals(List.of("second"), stored);
    }

    @Test
    void aRefreshTokenThatCannotBeStoredFailsTheRequestWithoutShowingIt() {
        server.token("{'access_token':'one','refresh_token':'second'}");
        OAuthCredentials source = OAuthCredentials.refreshToken(server.uri(), "shop", "first").onRefreshToken(token -> {
            throw new IllegalStateException("cannot write " + token);
        }).build();

        OAuthException failed = assertThrows(OAuthException.class, source::token);

        assertTrue(failed.getMessage().contains("onRefreshToken did not store"), failed.getMessage());
        for (Throwable each = failed; each != null; each = each.getCause()) {
            assertFalse(String.valueOf(each.getMessage()).contains("second"), each.toString());
        }
    }

    @Test
    void anExpiredRefreshTokenAsksForALogin() {
        server.answer(400, "{\"error\":\"invalid_grant\",\"error_description\":\"expired first-token\"}");
        OAuthCredentials source = OAuthCredentials.refreshToken(server.uri(), "shop", "first-token").build();

        String text = assertThrows(OAuthException.class, source::token).getMessage();

        assertTrue(text.endsWith(
                "invalid_grant: expired ***. If the refresh token has expired or was revoked, a user must log in again."),
                text);
    }

    @Test
    void theAddressOfTheInstanceIsExposed() throws Exception {
        server.token("{'access_token':'one','instance_url':'https://shop.my.salesforce.com','id':'https://x/id/1'}")
                .token("{'access_token':'two'}");
        OAuthCredentials source = clientCredentials().build();

        assertEquals(URI.create("https://shop.my.salesforce.com/cometd/64.0"),
                source.instanceUrl().resolve("/cometd/64.0"));
        assertEquals("https://x/id/1", source.token().response().getString("id"));
        source.credentials(true);
        assertTrue(assertThrows(OAuthException.class, source::instanceUrl).getMessage()
                .contains("without an instance_url"));
    }

    @ParameterizedTest
    @CsvSource({"http://example.org/token, must begin with https://", "/token, must be an absolute address",
            "https://me:pw@example.org/token, without a login", "ftp://localhost/token, must begin with https://"})
    void anAddressThatWouldShowSecretsIsRefused(URI address, String expected) {
        OAuthCredentials.Builder builder = OAuthCredentials.clientCredentials(address, "shop", "secret");

        String text = assertThrows(IllegalArgumentException.class, builder::build).getMessage();

        assertTrue(text.contains(expected), text);
        assertFalse(text.contains("pw"), text);
    }

    @Test
    void plainHttpIsAllowedOnPurpose() {
        URI address = URI.create("http://tokens.internal/token");

        assertNotSame(null, OAuthCredentials.clientCredentials(address, "shop", "secret").allowPlainHttp().build());
    }

    @Test
    void noTextFormShowsASecret() throws Exception {
        server.token("{'access_token':'one'}");
        OAuthCredentials source = clientCredentials().parameter("resource", "hidden").build();

        assertEquals("OAuthCredentials[CLIENT_CREDENTIALS, " + server.uri() + "]", source.toString());
        assertEquals("AccessToken[expiresAt=unknown, instanceUrl=none]", source.token().toString());
    }
}
