package dev.bayeux.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Overflow;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {

    private final Map<String, WireSubscription> wires = new HashMap<>();
    private final Routes routes = new Routes(wires);
    private final SubscriptionsFixture fixture = new SubscriptionsFixture();

    private LocalSubscription<?> listen(String... channels) {
        LocalSubscription<?> local = new PulledSubscription<>(ClientRuntime.jvm(),
                Wish.of(List.of(channels), String.class, 1, Overflow.CLOSE), fixture.subscriptions,
                fixture.payloads, null);
        for (String channel : channels) {
            wires.computeIfAbsent(channel, name -> new WireSubscription(name, null)).locals().add(local);
        }
        routes.clear();
        return local;
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
        LocalSubscription<?> local = listen(pattern);

        assertEquals(expected ? List.of(local) : List.of(), routes.of(channel));
        assertEquals(expected ? List.of(local) : List.of(), routes.of(channel), "when it is asked again");
    }

    @Test
    void looksUpNoMoreThanTheDepthOfTheChannelAndTwo() {
        assertEquals(List.of("/a/b/c", "/a/b/*", "/a/b/**", "/a/**", "/**"), Routes.keys("/a/b/c", 100));
    }

    @Test
    @Tag("C-78")
    void aSubscriberOfSeveralMatchesIsFoundOnce() {
        LocalSubscription<?> local = listen("/a/b", "/a/*", "/a/**", "/**");
        LocalSubscription<?> other = listen("/a/*");

        assertEquals(List.of(local, other), routes.of("/a/b"));
    }

    @Test
    @Tag("C-80")
    void channelsWithoutSubscriptionHaveNobody() {
        listen("/a");

        assertTrue(routes.of("/b").isEmpty());
        assertTrue(routes.of("").isEmpty());
    }

    @Test
    void changesAreSeenAfterForgetting() {
        assertTrue(routes.of("/a").isEmpty());
        LocalSubscription<?> local = listen("/a");

        assertEquals(List.of(local), routes.of("/a"));
    }

    @Test
    void channelsWithoutEndAreStillFound() {
        LocalSubscription<?> local = listen("/all/**");
        for (int n = 0; n < 5000; n++) {
            assertEquals(List.of(local), routes.of("/all/" + n));
        }
    }

    @Test
    void anEndlessChannelCostsNoMoreThanItsLength() {
        LocalSubscription<?> local = listen("/a/**");
        String endless = "/a".repeat(500_000);

        assertEquals(List.of(local), routes.of(endless));
        assertEquals(4, Routes.keys(endless, "/a/**".length()).size());
    }
}
