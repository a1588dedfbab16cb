package dev.bayeux.core.extension;

import dev.bayeux.api.spi.Extension;

/** An extension in use. */
final class Installed {

    private final Extension extension;
    private final String name;
    private volatile boolean usable = true;

    Installed(Extension extension) {
        this.extension = extension;
        this.name = String.valueOf(extension.name());
    }

    Extension extension() {
        return extension;
    }

    String name() {
        return name;
    }

    boolean isUsable() {
        return usable;
    }

    void leaveOut() {
        usable = false;
    }
}
