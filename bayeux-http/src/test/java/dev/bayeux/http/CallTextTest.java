package dev.bayeux.http;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bayeux.api.spi.Batch;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a transport is asked to send, and what it has received, can be logged without secrets. */
class CallTextTest {

    private static final URI PLACE = URI.create("https://user:SECRET@a.test/bayeux?token=SECRET");
    private static final Map<String, List<String>> HEADERS = Map.of("Authorization", List.of("Bearer SECRET"));

    private static void assertHidden(Object call) {
        assertFalse(call.toString().contains("SECRET"), call::toString);
    }

    @Test
    void noTextShowsATokenOrACookie() {
        assertHidden(new Batch("[{\"clientId\":\"SECRET\"}]", Duration.ofSeconds(1)));
        Duration limit = Duration.ofSeconds(1);
        assertHidden(new HttpCall("GET", PLACE, HEADERS, new byte[0], new ReplyLimit(limit, limit, limit),
                new ReplyBuffer(10)));
        SocketListener listener = (SocketListener) Proxy.newProxyInstance(SocketListener.class.getClassLoader(),
                new Class<?>[]{SocketListener.class}, (proxy, method, arguments) -> "listener");
        assertHidden(new SocketCall(PLACE, HEADERS, Duration.ofSeconds(1), listener));
        HttpReply reply = new HttpReply(200, Map.of("Set-Cookie", List.of("BAYEUX_BROWSER=SECRET")));
        assertHidden(reply);
        assertHidden(new SocketReply(reply, null));
    }
}
