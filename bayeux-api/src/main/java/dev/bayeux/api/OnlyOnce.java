package dev.bayeux.api;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.extension.Extension;
import dev.bayeux.api.extension.ExtensionProvider;
import java.util.concurrent.atomic.AtomicBoolean;

/** Gives an extension of the program to one client: an instance in two would mix up their sessions. */
final class OnlyOnce implements ExtensionProvider {

    private final Extension instance;
    private final AtomicBoolean used = new AtomicBoolean();

    OnlyOnce(Extension instance) {
        this.instance = instance;
    }

    @Override
    public String name() {
        return instance.name();
    }

    @Override
    public Extension create() {
        if (used.getAndSet(true)) {
            throw new ConfigurationException(
                    "The extension \"%s\" serves a client already. Give each client an instance of its own, or the builder an ExtensionProvider."
                            .formatted(instance.name()));
        }
        return instance;
    }
}
