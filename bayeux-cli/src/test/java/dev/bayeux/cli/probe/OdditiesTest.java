package dev.bayeux.cli.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.cli.options.JsonArgument;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deviations of a server are reported as odd. */
class OdditiesTest {

    private static final String GOOD = """
            {"channel":"/meta/handshake","id":"1","successful":true,"version":"1.0","clientId":"0123456789abcdef0",
             "supportedConnectionTypes":["long-polling"],"advice":{"reconnect":"retry","interval":0,"timeout":20000}}""";

    private static List<String> ofHandshake(String json) {
        Oddities oddities = new Oddities();
        oddities.handshake(JsonArgument.parse(json).asJsonObject());
        return oddities.found();
    }

    @Test
    void aReplyThatFollowsTheProtocolIsNotOdd() {
        assertEquals(List.of(), ofHandshake(GOOD));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "\"version\":\"1.0\" | \"version\":\"1.1\" | the version of the protocol is 1.1, not 1.0",
            "\"id\":\"1\" | \"id\":1 | the reply to the handshake has an id that is not a text",
            "\"id\":\"1\" | \"x\":1 | the reply to the handshake does not repeat the id",
            "\"successful\":true | \"successful\":\"true\" | \"successful\" is a text in the reply to the handshake",
            "[\"long-polling\"] | [\"websocket\"] | long-polling is not among the connection types, which the protocol demands",
            "[\"long-polling\"] | 1 | the handshake names no connection types",
            "\"advice\": | \"x\": | the handshake gives no advice",
            "\"retry\" | \"later\" | advice.reconnect of the handshake is \"later\"",
            "20000 | \"20000\" | advice.timeout of the handshake is not a number",
            "\"interval\":0 | \"interval\":500 | the server wants 500 ms between connects: messages may arrive later by that time",
            "\"interval\":0 | \"multiple-clients\":true | the server says that another client has the same cookie"})
    void eachDeviationIsReported(String good, String odd, String found) {
        assertEquals(List.of(found), ofHandshake(GOOD.replace(good, odd)));
    }

    @Test
    void aConnectThatIsHeldAgainstItsAdviceIsOdd() {
        Oddities oddities = new Oddities();
        var reply = JsonArgument.parse("{\"id\":\"2\",\"successful\":true}").asJsonObject();
        oddities.connect(reply, Duration.ofSeconds(5), false);
        assertEquals(List.of(), oddities.found());
        oddities.connect(reply, Duration.ofSeconds(5), true);
        assertEquals(List.of("the first connect was held for 5000 ms though it asked not to be"), oddities.found());
    }

    @Test
    void anotherContentTypeAndACookieWithoutSecureAreOdd() throws Exception {
        ResponseHeaders headers = new ResponseHeaders();
        URI uri = URI.create("https://example.org/cometd");
        headers.put(uri, Map.of("Set-Cookie", List.of("A=secret; Path=/; HttpOnly", "B=2; Secure"), "Content-Type",
                List.of("text/json")));
        Oddities oddities = new Oddities();
        oddities.http(uri, headers);
        assertEquals(List.of("the content type of replies is text/json, not application/json",
                "the cookie A is not marked Secure"), oddities.found());
        assertEquals(
                "[{\"name\":\"A\",\"attributes\":[\"Path=/\",\"HttpOnly\"]},{\"name\":\"B\",\"attributes\":[\"Secure\"]}]",
                headers.asJson().build().toString());
    }
}
