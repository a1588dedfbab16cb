package dev.bayeux.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which subscribers a delivery finds. */
class RoutesTest {

    private final Routes routes = new Routes();
    private final Map<Subscriber, List<ServerSubscription>> servers = new HashMap<>();

    private Subscriber listen(String... channels) {
        dev.bayeux.api.Subscription any = (dev.bayeux.api.Subscription) Proxy.newProxyInstance(
                RoutesTest.class.getClassLoader(), new Class<?>[]{dev.bayeux.api.Subscription.class},
                (proxy, method, arguments) -> null);
        Subscriber subscriber = new Subscriber(any, List.of(channels), false);
        for (String channel : channels) {
            ServerSubscription server = routes.get(channel);
            if (server == null) {
                server = new ServerSubscription(channel, null);
                routes.add(server);
            }
            server.subscribers().add(subscriber);
            servers.computeIfAbsent(subscriber, each -> new ArrayList<>()).add(server);
        }
        return subscriber;
    }

    private void leave(Subscriber subscriber) {
        for (ServerSubscription each : servers.get(subscriber)) {
            each.subscribers().remove(subscriber);
            if (each.subscribers().isEmpty()) {
                routes.remove(each);
            }
        }
    }

    /** The table of the protocol reference, row by row. */
    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({"/foo,/foo,true", "/foo,/foo/bar,false", "/foo/*,/foo/bar,true", "/foo/*,/foo,false",
            "/foo/*,/foobar,false", "/foo/*,/foo/bar/baz,false", "/*,/foo,true", "/*,/foo/bar,false",
            "/foo/**,/foo,false",
            "/foo/**,/foo/bar,true", "/foo/**,/foo/bar/baz,true", "/foo/**,/foobar/boo,false", "/**,/foo,true",
            "/**,/foo/bar/baz,true", "/foo/*,/foo/*,true", "/foo/**,/foo/*,false", "/foo/*,/foo/**,false",
            "/**,/*,false",
            "/**,/**,true", "/Foo,/foo,false", "/a/b/c,/a/b/c,true", "/a/b/*,/a/b/c,true", "/a/b/**,/a/b/c,true",
            "/a/**,/a/b/c,true", "/a/*,/a/b/c,false", "/*/bar,/foo/bar,false", "/foo/b*,/foo/bar,false",
            "/foo/**/x,/foo/a/x,false", "/foo/,/foo,false", "/foo,/foo/,false", "/foo/bar,/foo,false",
            "/foo,foo,false", "/**,foo,false"})
    void matches(String pattern, String channel, boolean expected) {
        Subscriber local = listen(pattern);

        assertEquals(expected ? List.of(local) : List.of(), routes.of(channel));
        assertEquals(expected, Routes.matches(pattern, channel));
    }

    @Test
    @Tag("C-78")
    void aSubscriberOfSeveralMatchesIsFoundOnce() {
        Subscriber local = listen("/a/b", "/a/*", "/a/**", "/**");
        Subscriber other = listen("/a/*");

        assertEquals(Set.of(local, other), Set.copyOf(routes.of("/a/b")));
        assertEquals(2, routes.of("/a/b").size());
    }

    @Test
    @Tag("C-80")
    void aChannelWithoutSubscriptionHasNoSubscriber() {
        listen("/a");

        assertTrue(routes.of("/b").isEmpty());
        assertTrue(routes.of("").isEmpty());
    }

    @Test
    void aSubscriberThatHasLeftIsNotFound() {
        Subscriber gone = listen("/a", "/a/*", "/**");
        Subscriber other = listen("/a/*");
        leave(gone);

        assertEquals(List.of(other), routes.of("/a/b"));
        assertTrue(routes.of("/a").isEmpty());
        assertTrue(routes.of("/x").isEmpty());
        leave(other);
        assertTrue(routes.of("/a/b").isEmpty());
        listen("/a/*");
        assertEquals(1, routes.of("/a/b").size());
    }

    @Test
    void manyPatternsAreKeptApart() {
        for (int n = 0; n < 5000; n++) {
            listen("/all/" + n + "/*");
        }
        Subscriber deep = listen("/all/**");

        assertEquals(List.of(deep), routes.of("/all/7"));
        assertEquals(2, routes.of("/all/4711/x").size());
        assertEquals(List.of(deep), routes.of("/all/4711/x/y"));
    }

    @Test
    void anEndlessChannelCostsNoMoreThanItsLength() {
        Subscriber local = listen("/a/**");
        String endless = "/a".repeat(500_000);

        assertEquals(List.of(local), routes.of(endless));
    }
}
