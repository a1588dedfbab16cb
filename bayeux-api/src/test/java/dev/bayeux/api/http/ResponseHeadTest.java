package dev.bayeux.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseHeadTest {

    private static final URI URL = URI.create("https://ann:s3cret@host:8443/cometd?key=s3cret#s3cret");

    private static ResponseHead head(String name, String... values) {
        return ResponseHead.of(URL, 200, Map.of(name, List.of(values)));
    }

    @Test
    void namesAreFoundInAnyCaseAndValuesKeepTheirOrder() {
        ResponseHead head = head("X-Request-ID", "7", "8");

        assertEquals(200, head.status());
        assertEquals(Optional.of("7"), head.header("x-request-id"));
        assertEquals(List.of("7", "8"), head.headers().get("x-REQUEST-id"));
        assertEquals(Optional.empty(), head.header("X-Other"));
        assertThrows(UnsupportedOperationException.class, () -> head.headers().clear());
        assertThrows(UnsupportedOperationException.class, () -> head.headers().get("X-Request-ID").clear());
    }

    @Test
    void linesWithTheSameNameInAnotherCaseAreOne() {
        ResponseHead head = ResponseHead.of(URL, 200,
                new TreeMap<>(Map.of("Via", List.of("a"), "via", List.of("b"))));
        assertEquals(List.of("a", "b"), head.headers().get("VIA"));
    }

    @Test
    void fieldsOfHttp2ThatAreNoHeadersAreLeftOut() {
        assertEquals(Map.of(), head(":status", "200").headers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Set-Cookie", "set-cookie2", "Authorization", "X-Auth-Token", "Authentication-Info",
            "X-CSRF-Token", "X-Session-Id", "X-Api-Key", "Client-Id", "SID", "X-Amz-Signature"})
    @Tag("C-135")
    void secretsAreHidden(String name) {
        ResponseHead head = head(name, "s3cret");
        assertEquals(Optional.of("***"), head.header(name));
        assertFalse(head.toString().contains("s3cret"), head::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ETag", "X-Author", "Retry-After", "WWW-Authenticate",
            "Proxy-Authenticate", "Sforce-Limit-Info", "X-Residual"})
    void otherHeadersAreShown(String name) {
        assertEquals(Optional.of("v"), head(name, "v").header(name));
    }

    @Test
    @Tag("C-135")
    void addressesLoseWhatMayBeSecret() {
        assertEquals(URI.create("https://host:8443/cometd"), head("Location", "/x").uri());
        assertEquals(Optional.of("https://other/a"),
                head("Location", "https://u:s3cret@other/a?t=s3cret").header("location"));
        assertEquals(Optional.of("/a@b"), head("Content-Location", "/a@b?s3cret").header("content-location"));
        assertEquals("200 from https://host:8443/cometd {Location=[/a]}", head("Location", "/a#s3cret").toString());
    }
}
