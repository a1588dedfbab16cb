package dev.bayeux.core.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.core.delivery.WatchedLog;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TransportCatalogTest {

    private static final TransportProvider JDK = new FakeTransport("jdk-long-polling", "long-polling");
    private static final TransportProvider JETTY = new FakeTransport("jetty-long-polling", "long-polling");
    private static final TransportProvider SOCKET = new FakeTransport("jetty-websocket", "websocket");
    private static final TransportProvider CALLBACK = new FakeTransport("jdk-callback-polling", "callback-polling");

    private final WatchedLog log = new WatchedLog(TransportCatalog.class.getName());

    @AfterEach
    void leaveTheLog() {
        log.close();
    }

    private static TransportCatalog found(TransportProvider... providers) {
        return TransportCatalog.of(List.of(providers).iterator());
    }

    /** What a service loader does with providers, {@code null} standing for one that cannot be loaded. */
    private static TransportCatalog foundWithBroken(Iterator<TransportProvider> providers) {
        return TransportCatalog.of(new Iterator<>() {
            @Override
            public boolean hasNext() {
                return providers.hasNext();
            }

            @Override
            public TransportProvider next() {
                TransportProvider next = providers.next();
                if (next == null) {
                    throw new ServiceConfigurationError("broken");
                }
                return next;
            }
        });
    }

    private static String refusal(TransportCatalog catalog, List<TransportProvider> given, String... names) {
        return assertThrows(ConfigurationException.class, () -> catalog.choose(given, List.of(names))).getMessage();
    }

    @Test
    void oneThatFailsInAnyWayDoesNotTakeTheOthersAway() {
        Iterator<Throwable> failures = List.<Throwable>of(new NoClassDefFoundError("x"), new AssertionError("x"),
                new IllegalStateException("x")).iterator();
        Iterator<TransportProvider> services = new Iterator<>() {

            private boolean given;

            @Override
            public boolean hasNext() {
                return failures.hasNext() || !given;
            }

            @Override
            public TransportProvider next() {
                if (!failures.hasNext()) {
                    given = true;
                    return JDK;
                }
                Throwable failure = failures.next();
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) failure;
            }
        };
        assertEquals(List.of(JDK), TransportCatalog.of(services).choose(List.of(), List.of()));
    }

    @Test
    void theOnlyOneIsUsed() {
        assertEquals(List.of(JDK), found(JDK).choose(List.of(), List.of()));
    }

    @Test
    void longPollingIsUsedWhereNothingIsNamed() {
        assertEquals(List.of(JDK), found(SOCKET, JDK).choose(List.of(), List.of()));
        assertEquals(List.of(SOCKET), found(SOCKET).choose(List.of(), List.of()));
    }

    @Test
    void callbackPollingMustBeNamed() {
        assertEquals(List.of(JDK), found(CALLBACK, JDK).choose(List.of(), List.of()));
        assertEquals(List.of(SOCKET), found(CALLBACK, SOCKET).choose(List.of(), List.of()));
        assertTrue(refusal(found(CALLBACK), List.of()).contains("transports(\"jdk-callback-polling\")"));
        assertEquals(List.of(CALLBACK), found(CALLBACK, JDK).choose(List.of(), List.of("jdk-callback-polling")));
        assertEquals(List.of(CALLBACK), found(JDK).choose(List.of(CALLBACK), List.of()));
    }

    @Test
    void severalOfDifferentTypesThatTheProgramHandsInAreUsedTogether() {
        assertEquals(List.of(SOCKET, JDK), found().choose(List.of(SOCKET, JDK), List.of()));
    }

    @Test
    void oneThatIsFoundInTwoPlacesIsOne() {
        TransportProvider again = new FakeTransport(JDK.name(), JDK.connectionType());
        TransportCatalog catalog = TransportCatalog.of(List.of(JDK).iterator(), List.of(again, SOCKET).iterator());

        assertEquals(List.of(JDK, SOCKET), catalog.choose(List.of(), List.of("long-polling", "websocket")));
    }

    @Test
    void withoutOneTheTextSaysWhatToAdd() {
        String text = refusal(found(), List.of());

        assertTrue(text.contains("dev.bayeux:transport-jdk") && text.contains("dev.bayeux:transport-jetty"), text);
        assertTrue(refusal(found(), List.of(), "long-polling").contains("No Bayeux transport was found"));
    }

    @Test
    void severalOfOneTypeMustBeChosenFrom() {
        String text = refusal(found(JDK, JETTY, SOCKET), List.of());

        assertTrue(text.contains("[jdk-long-polling, jetty-long-polling]"), text);
        assertTrue(text.contains("transports(\"jdk-long-polling\")"), text);
        assertTrue(refusal(found(JDK, JETTY), List.of(), "long-polling").contains("by its name"));
        assertTrue(refusal(found(JDK, JETTY), List.of(), "jdk-long-polling", "jetty-long-polling")
                .contains("Several transports carry"));
    }

    @Test
    void namesChooseInTheirOrder() {
        TransportCatalog catalog = found(JDK, JETTY, SOCKET);

        assertEquals(List.of(JETTY), catalog.choose(List.of(), List.of("jetty-long-polling")));
        assertEquals(List.of(SOCKET, JDK), catalog.choose(List.of(), List.of("websocket", "jdk-long-polling")));
        assertEquals(List.of(JDK, SOCKET), catalog.choose(List.of(), List.of("jdk-long-polling", "websocket")));
    }

    @Test
    void oneThatIsNamedTwiceIsUsedOnce() {
        assertEquals(List.of(JDK), found(JDK).choose(List.of(), List.of("jdk-long-polling", "long-polling")));
    }

    @Test
    void aNameWinsOverAConnectionType() {
        TransportProvider confusing = new FakeTransport("long-polling", "other");

        assertEquals(List.of(confusing), found(JDK, confusing).choose(List.of(), List.of("long-polling")));
    }

    @Test
    void aNameThatIsNotThereIsSaidToBe() {
        String text = refusal(found(JDK, SOCKET), List.of(), "jdk");

        assertTrue(text.contains("\"jdk\"") && text.contains("[jdk-long-polling, jetty-websocket]"), text);
    }

    @Test
    void transportsOfTheProgramTakePrecedence() {
        TransportProvider own = new FakeTransport("own", "long-polling");

        assertEquals(List.of(own), found(JDK, JETTY).choose(List.of(own), List.of()));
        assertEquals(List.of(own), found(JDK, JETTY).choose(List.of(SOCKET, own), List.of("long-polling")));
        assertEquals(List.of(own), found().choose(List.of(own), List.of()));
        assertTrue(refusal(found(JDK), List.of(own), "jdk-long-polling").contains("Found: [own]"));
    }

    @Test
    void oneThatCannotBeLoadedDoesNotHideTheOthers() {
        TransportCatalog catalog = foundWithBroken(java.util.Arrays.asList(null, JDK, null).iterator());

        assertEquals(List.of(JDK), catalog.choose(List.of(), List.of()));
        assertEquals(2, log.messages.stream().filter(text -> text.contains("cannot be used")).count());
    }

    @Test
    void theReasonIsShownIfTheOnlyOneCannotBeLoaded() {
        TransportCatalog catalog = foundWithBroken(java.util.Arrays.asList((TransportProvider) null).iterator());
        ConfigurationException refused = assertThrows(ConfigurationException.class,
                () -> catalog.choose(List.of(), List.of()));

        assertTrue(refused.getMessage().contains("cannot be loaded"));
        assertInstanceOf(ServiceConfigurationError.class, refused.getCause());
    }

    @Test
    void aSearchThatFailsForEverEnds() {
        TransportCatalog catalog = TransportCatalog.of(new Iterator<>() {
            @Override
            public boolean hasNext() {
                throw new ServiceConfigurationError("unreadable");
            }

            @Override
            public TransportProvider next() {
                throw new AssertionError();
            }
        });

        assertTrue(refusal(catalog, List.of()).contains("cannot be loaded"));
    }

    @Test
    void theSearchFindsAllTransports() {
        assertTrue(refusal(TransportCatalog.discover(), List.of(), "none").contains("No Bayeux transport was found"),
                "the engine itself brings none");
    }
}
