package dev.bayeux.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CredentialsTest {

    /** The API has no JSON library beside it here; this object knows its names and says its values. */
    private static JsonObject object(String name, String value) {
        return (JsonObject) Proxy.newProxyInstance(CredentialsTest.class.getClassLoader(),
                new Class<?>[]{JsonObject.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "keySet" -> Map.of(name, value).keySet();
                    case "toString" -> Map.of(name, value).toString();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void bearer() {
        assertEquals(Map.of("Authorization", "Bearer s3cret"), Credentials.bearer("s3cret").headers());
        assertTrue(Credentials.bearer("s3cret").ext().isEmpty());
    }

    @Test
    void basicIsEncodedAsUtf8() {
        assertEquals(Map.of("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
                Credentials.basic("Aladdin", "open sesame").headers());
        assertEquals(Map.of("Authorization", "Basic dGVzdDoxMjPCow=="),
                Credentials.basic("test", "123\u00a3").headers());
        assertEquals(Map.of("Authorization", "Basic dTphOmI="), Credentials.basic("u", "a:b").headers());
    }

    @Test
    void aUserWithAColonIsRejected() {
        String text = assertThrows(IllegalArgumentException.class, () -> Credentials.basic("us:er", "s3cret"))
                .getMessage();

        assertFalse(text.contains("s3cret") || text.contains("us:er"));
    }

    @Test
    void extIsForTheHandshake() {
        JsonObject ext = object("token", "s3cret");

        assertSame(ext, Credentials.ext(ext).ext());
        assertTrue(Credentials.ext(ext).headers().isEmpty());
    }

    @Test
    @Tag("C-135")
    void theTextFormHasNamesAndNoValues() {
        Credentials credentials = Credentials.headers(Map.of("X-Key", "s3cret")).withExt(object("token", "s3cret"));

        assertEquals("Credentials[headers=[X-Key], ext=[token], expiresAt=unknown]", credentials.toString());
        assertFalse(Credentials.bearer("s3cret").toString().contains("s3cret"));
        assertFalse(Credentials.basic("user", "s3cret").toString().contains("dXNlcj"));
    }

    @Test
    void doesNotChange() {
        Map<String, String> headers = new HashMap<>(Map.of("a", "1"));
        Credentials credentials = Credentials.headers(headers);
        headers.clear();

        assertEquals(Map.of("a", "1"), credentials.headers());
    }
}
