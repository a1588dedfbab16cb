package dev.bayeux.api;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.extension.Extension;
import org.junit.jupiter.api.Test;

/** An instance of an extension serves one client. */
class OnlyOnceTest {

    private record Equal(String name) implements Extension {}

    @Test
    void anInstanceIsNotGivenToASecondClientOfAnyBuilder() {
        Extension instance = new Equal("signer");
        OnlyOnce first = new OnlyOnce(instance);
        assertSame(instance, first.create());
        assertRefused(first);
        assertRefused(new OnlyOnce(instance));
    }

    private static void assertRefused(OnlyOnce provider) {
        String text = assertThrows(ConfigurationException.class, provider::create).getMessage();
        assertTrue(text.contains("signer") && text.contains("ExtensionProvider"), text);
    }

    @Test
    void instancesThatAreEqualAreTwo() {
        Extension instance = new Equal("one");
        Extension other = new Equal("one");
        assertSame(instance, new OnlyOnce(instance).create());
        assertSame(other, new OnlyOnce(other).create());
    }
}
