package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

    private static final String ID = "b7d1k2m9x0c3v5n8q4w6e1r2t3y4u5i";

    private final Json json = Json.find();
    private final Redactor redactor = new Redactor(json);

    private String redact(String text) {
        String redacted = redactor.redact(text.replace('`', '"'));
        json.parse(redacted);
        return redacted.replace('"', '`');
    }

    @Test
    @Tag("C-135")
    void clientIdsAreHidden() {
        assertEquals("[{`channel`:`/a`,`id`:`7`,`clientId`:`***`,`data`:{`x`:1}}]",
                redact("[{`channel`:`/a`,`id`:`7`,`clientId`:`" + ID + "`,`data`:{`x`:1}}]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clientId", "CLIENTID", "client_id", "token", "access_token", "sessionId", "session-id",
            "sid",
            "password", "userPassword", "PassPhrase", "pwd", "secret", "clientSecret", "Authorization", "auth",
            "authToken",
            "credentials", "cookie", "Set-Cookie", "apiKey", "api-key", "signature", "bearer", "jwt", "privateKey"})
    @Tag("C-135")
    void whateverIsNamedASecretIsHidden(String name) {
        String text = "[{`channel`:`/a`,`data`:{`" + name + "`:`s3cret`,`in`:[{`" + name
                + "`:{`deep`:[`s3cret`,4711]}}]}}]";

        assertFalse(redact(text).contains("s3cret"), redact(text));
        assertFalse(redact(text).contains("4711"), redact(text));
        assertTrue(redact(text).contains(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "[{`channel`:`/chat/demo`,`id`:`1`,`data`:{`author`:`me`,`authors`:[`you`],`text`:`a 'word' <b> "
                    + "b7d1k2m9x0c3v5n8q4w6`,`n`:1.50,`error`:`can't 'do' it`}}]",
            "[{`channel`:`/meta/connect`,`id`:`4`,`successful`:true,`advice`:{`reconnect`:`retry`,`interval`:0}}]",
            "[{`channel`:`/meta/subscribe`,`subscription`:[`/a`,`/b`],`successful`:true,`ext`:{`ack`:3}}]",
            "{`channel`:`/a`,`data`:null}", "[[],1,null,true,`x`]", "[]"})
    void ordinaryMessagesStayAsTheyAre(String text) {
        assertEquals(text, redact(text));
    }

    @Test
    @Tag("C-135")
    void credentialsInTheExtOfAHandshakeAreHiddenWhateverTheirNames() {
        String redacted = redact("[{`channel`:`/meta/handshake`,`id`:`1`,`version`:`1.0`,`ext`:{`who`:`joe`,"
                + "`pin`:4711,`deep`:{`list`:[`joe`,4711]},`ok`:true,`error`:`joe`},`custom`:`joe`,"
                + "`supportedConnectionTypes`:[`long-polling`],`advice`:{`reconnect`:`none`}}]");

        assertFalse(redacted.contains("joe"), redacted);
        assertFalse(redacted.contains("4711"), redacted);
        assertTrue(redacted.contains("`version`:`1.0`"), redacted);
        assertTrue(redacted.contains("[`long-polling`]"), redacted);
        assertTrue(redacted.contains("{`reconnect`:`none`}"), redacted);
        assertTrue(redacted.contains("`ok`:true"), redacted);
    }

    @Test
    @Tag("C-135")
    void theOrderOfFieldsDoesNotMatter() {
        assertFalse(redact("[{`ext`:{`who`:`joe`},`channel`:`/meta/handshake`}]").contains("joe"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {"401:" + ID + ":Unknown client;401:***:Unknown client",
            "401:short:Unknown client;401:***:Unknown client", "Client id '12-ab' is invalid;Client id *** is invalid",
            "Client 3f2504e0-4f89-11d3-9a0c-0305e82c3301 is polling already (" + ID
                    + ");Client *** is polling already (***)",
            "400::Client <" + ID + "> has established a session;400::Client *** has established a session",
            "400::Client " + ID + " has established a session;400::Client *** has established a session"})
    @Tag("C-135")
    void errorsOfServersThatRepeatTheClientId(String error, String expected) {
        assertEquals("[{`successful`:false,`error`:`" + expected + "`}]",
                redact("[{`successful`:false,`error`:`" + error + "`}]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"402::session_unknown", "403:denied_by_security_policy:create_denied",
            "403:/foo/bar:Forbidden channel", "405:c[long-polling],s[websocket]:no_transport",
            "300:1.0:Version mismatch"})
    void errorsWithoutAnIdStayReadable(String error) {
        assertTrue(redact("[{`error`:`" + error + "`,`successful`:false}]").contains(error));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "<html>secret</html>", "[{\"clientId\":\"secret\"", "/*[\"secret\"]*/"})
    void onlyTheLengthOfATextThatIsNotJsonIsShown(String text) {
        assertEquals("(%d characters that are not JSON)".formatted(text.length()), redactor.redact(text));
    }

    @Test
    void aTextThatTheParserCannotHoldBreaksNothing() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertEquals("(200000 characters, of which no message ends within the first 65536)", redactor.redact(deep));
        assertTrue(redactor.redact("[" + "9".repeat(5000) + "]").contains("not JSON"));
        assertTrue(redactor.redact("[1e99999999999]").contains("not JSON"));
    }

    @Test
    @Tag("C-135")
    void aClientIdIsHiddenInChannelsAndNamesToo() {
        redactor.learn("[{\"channel\":\"/meta/connect\",\"clientId\":\"" + ID + "\"}]");

        assertEquals("[{`channel`:`/private/***/x`,`data`:{`to***`:[`for ***`]}}]",
                redact("[{`channel`:`/private/" + ID + "/x`,`data`:{`to" + ID + "`:[`for " + ID + "`]}}]"));
        assertEquals("closed: ***", redactor.withoutIds("closed: " + ID));
        assertEquals("[{`channel`:`/x/***`,`clientId`:`***`}]",
                redact("[{`channel`:`/x/abc-1234567`,`clientId`:`abc-1234567`}]"));
    }

    @Test
    void invisibleCharactersAreEscaped() {
        assertEquals("[{`data`:`\\u202eevil\\u0085\\u001b`}]", redact("[{`data`:`\u202eevil\u0085\\u001b`}]"));
    }

    @Test
    void ofALongTextTheFirstMessagesAreShown() {
        String message = "{\"channel\":\"/a\",\"clientId\":\"s3cret-id\",\"data\":\"" + "x".repeat(20_000) + "\"}";
        String shown = redactor.redact("[" + (message + ",").repeat(1_000) + "1]");

        assertTrue(shown.length() < Redactor.MAX_CHARACTERS + 100, "" + shown.length());
        assertTrue(shown.endsWith("... (20050003 characters; 3 messages are shown)"),
                shown.substring(shown.length() - 100));
        assertFalse(shown.contains("s3cret-id"));
        assertTrue(redactor.redact("[\"" + "x".repeat(1_000_000) + "\"]")
                .startsWith("(1000004 characters, of which no message"));
        assertTrue(redactor.redact("x".repeat(1_000_000)).startsWith("(1000000 characters, of which no message"));
    }
}
