package dev.bayeux.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The console shows the wire log of the library and no other log. */
class ConsoleLoggersTest {

    private final List<String> shown = new ArrayList<>();

    @AfterEach
    void showNothing() {
        ConsoleLoggers.showWire(null);
    }

    private static System.Logger logger(String name) {
        return new ConsoleLoggers().getLogger(name, ConsoleLoggersTest.class.getModule());
    }

    @Test
    void theWireLogIsShownInAllFormsOfALoggerOnceItIsAskedFor() {
        System.Logger wire = logger("dev.bayeux.wire");
        wire.log(Level.DEBUG, "too early");
        ConsoleLoggers.showWire(shown::add);
        wire.log(Level.DEBUG, "{one}");
        wire.log(Level.DEBUG, () -> "two");
        wire.log(Level.DEBUG, "{0}", "three");
        wire.log(Level.DEBUG, "four", new IllegalStateException());
        assertEquals(List.of("{one}", "two", "three", "four"), shown);
    }

    @Test
    void otherLoggersShowNothing() {
        ConsoleLoggers.showWire(shown::add);
        logger("dev.bayeux.client").log(Level.ERROR, "reported by an event");
        assertFalse(logger("dev.bayeux.client").isLoggable(Level.ERROR));
        assertEquals(List.of(), shown);
    }
}
