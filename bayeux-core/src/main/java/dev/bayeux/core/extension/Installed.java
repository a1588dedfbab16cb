package dev.bayeux.core.extension;

import dev.bayeux.api.spi.Extension;
import dev.bayeux.api.spi.SessionChange;
import java.util.ArrayList;
import java.util.List;

/** An extension in use. Guarded by the chain. */
final class Installed {

    private final Extension extension;
    private final String name;
    private final boolean required;
    private boolean leftOut;
    private boolean stalled;
    private List<SessionChange> missed = new ArrayList<>();

    Installed(Extension extension) {
        this.extension = extension;
        String ownName = extension.name();
        this.name = ownName == null || ownName.isBlank() ? extension.getClass().getName() : ownName;
        this.required = extension.isRequired();
    }

    Extension extension() {
        return extension;
    }

    String name() {
        return name;
    }

    /** Whether no message may pass without it. */
    boolean isRequired() {
        return required;
    }

    /** Whether messages pass without it, since it once took too long. */
    boolean isLeftOut() {
        return leftOut;
    }

    /** Whether its call was given up and has not returned yet; only of one that is required. */
    boolean isStalled() {
        return stalled;
    }

    /** Its call takes too long and is given up. */
    void stall() {
        stalled = required;
        leftOut = !required;
    }

    /** The call that was given up has returned. */
    void returned() {
        stalled = false;
    }

    /** Keeps a change of the session that it cannot be told now. */
    void miss(SessionChange change) {
        missed.add(change);
    }

    /** {@return what it must be told before its next message} */
    List<SessionChange> takeMissed() {
        List<SessionChange> taken = missed;
        missed = new ArrayList<>();
        return taken;
    }
}
