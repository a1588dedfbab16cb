package dev.bayeux.tests.contract;

import dev.bayeux.tests.server.Reply;
import java.net.URI;
import java.util.List;

/** One response that sets cookies in many ways, and which of them RFC 6265 sends back. */
final class CookieSamples {

    /** At a name that only a proxy knows. */
    static final URI SERVER = URI.create("http://push.bayeux.invalid/bayeux");

    private static final List<String> SET = List.of("domain=1; Domain=bayeux.invalid; Path=/",
            "dot=1; domain=.Bayeux.INVALID; path=/", "quoted=\"a b\"; Path=\"/\"",
            "age=1; Path=/; Max-Age=600; Expires=Sun, 06 Nov 1994 08:49:37 GMT",
            "forEver=1; Path=/; Max-Age=99999999999999999999", "folder=1; Path=/bayeux",
            "equals=a=b; Path=/; SameSite=Lax",
            // Not for this host, not for this request, or over.
            "foreign=1; Domain=other.invalid; Path=/", "below=1; Domain=a.push.bayeux.invalid; Path=/",
            "suffix=1; Domain=invalid; Path=/", "end=1; Domain=ayeux.invalid; Path=/", "away=1; Path=/elsewhere/below",
            "secure=1; Path=/; Secure", "over=1; Path=/; Max-Age=0",
            "past=1; Path=/; Expires=Sun, 06 Nov 1994 08:49:37 GMT", "noCookie; Path=/");

    /** In alphabetical order. */
    static final List<String> SENT = List.of("age=1", "domain=1", "dot=1", "equals=a=b", "folder=1", "forEver=1",
            "quoted=\"a b\"");

    private CookieSamples() {
    }

    static Reply setting(Reply reply) {
        Reply setting = reply;
        for (String cookie : SET) {
            setting = setting.header("Set-Cookie", cookie);
        }
        return setting;
    }
}
