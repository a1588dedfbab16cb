package dev.bayeux.core.transport;

import dev.bayeux.core.runtime.ClientRuntime;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bayeux.api.Credentials;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.spi.HeaderSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadersTest {

    private final CredentialsHolder credentials = new CredentialsHolder(ClientRuntime.jvm(),
            refused -> Credentials.bearer("t"));

    private Map<String, String> headers(HeaderSource own) {
        return new RequestHeaders(own, credentials).headers();
    }

    @Test
    void credentialsWinWhateverTheCaseOfTheName() throws Exception {
        credentials.get();
        Map<String, String> all = headers(() -> Map.of("AUTHORIZATION", "own", "X-A", "1"));

        assertEquals(2, all.size());
        assertEquals("Bearer t", all.get("authorization"));
        assertEquals("1", all.get("x-a"));
    }

    @Test
    void credentialsThatWereNotAskedForYetAddNothing() {
        assertEquals(Map.of("X-A", "1"), headers(() -> Map.of("X-A", "1")));
    }

    @Test
    void theProgramIsAskedForEachRequest() {
        int[] calls = new int[1];
        RequestHeaders headers = new RequestHeaders(() -> Map.of("X-A", Integer.toString(++calls[0])), credentials);

        assertEquals("1", headers.headers().get("X-A"));
        assertEquals("2", headers.headers().get("X-A"));
    }

    @Test
    void unchangedHeadersAreNotMergedAgain() throws Exception {
        Map<String, String> own = new HashMap<>(Map.of("X-A", "1"));
        RequestHeaders headers = new RequestHeaders(() -> own, credentials);
        Map<String, String> first = headers.headers();
        assertSame(first, headers.headers());

        own.put("X-A", "2");
        assertEquals("2", headers.headers().get("X-A"));
        credentials.get();
        assertEquals("Bearer t", headers.headers().get("Authorization"));
        assertEquals("1", first.get("X-A"));
    }

    @Test
    void anInvalidHeaderIsRefusedEachTime() {
        RequestHeaders headers = new RequestHeaders(() -> Map.of("a b", "1"), credentials);

        assertThrows(ConfigurationException.class, headers::headers);
        assertThrows(ConfigurationException.class, headers::headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret\r\nEvil: 1", "s3cret\n", "s3cret\u0000", "s3cret\u007f", "s3cret\u200b",
            "s3cret\u2026"})
    @Tag("C-135")
    void aValueThatCannotBeSentIsNotShown(String value) {
        CredentialsHolder broken = new CredentialsHolder(ClientRuntime.jvm(),
                refused -> Credentials.headers(Map.of("Authorization", value)));
        ConfigurationException own = assertThrows(ConfigurationException.class,
                () -> headers(() -> Map.of("X-Key", value)));
        ConfigurationException proof = assertThrows(ConfigurationException.class, () -> {
            broken.get();
            new RequestHeaders(Map::of, broken).headers();
        });

        assertFalse((own.getMessage() + proof.getMessage()).contains("s3cret"));
        assertEquals(true, own.getMessage().contains("X-Key"));
        assertEquals(true, proof.getMessage().contains("Authorization"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a:b", "a\r\n", "\u00e9", "(a)"})
    void namesAreThoseOfHttp(String name) {
        assertThrows(ConfigurationException.class, () -> headers(() -> Map.of(name, "x")));
    }

    @Test
    void aValueThatIsMissingIsSaidToBe() {
        Map<String, String> missing = new HashMap<>();
        missing.put("X-A", null);

        assertThrows(ConfigurationException.class, () -> headers(() -> missing));
    }

    @Test
    void validHeadersAreAccepted() {
        assertEquals("a\tb \u00e9 \"~", headers(() -> Map.of("X-A!#$%&'*+.^_`|~9", "a\tb \u00e9 \"~"))
                .get("X-A!#$%&'*+.^_`|~9"));
    }
}
