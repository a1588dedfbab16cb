package dev.bayeux.core.extension;

import dev.bayeux.api.extension.Extension;
import dev.bayeux.api.extension.SessionChange;
import java.util.ArrayList;
import java.util.List;

/** An extension in use. Guarded by the chain. */
final class InstalledExtension {

    private final Extension extension;
    private final String name;
    private final boolean required;
    private boolean leftOut;
    private boolean stalled;
    private List<SessionChange> missed = new ArrayList<>();

    InstalledExtension(Extension extension) {
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

    /** Whether the extension is required: no message may bypass it. */
    boolean isRequired() {
        return required;
    }

    /** Whether messages bypass the extension, since one of its calls exceeded the limit. */
    boolean isLeftOut() {
        return leftOut;
    }

    /** Whether a call of this required extension was abandoned and has not returned yet. */
    boolean isStalled() {
        return stalled;
    }

    /** Records that a call exceeded the limit and was abandoned. */
    void stall() {
        stalled = required;
        leftOut = !required;
    }

    void returned() {
        stalled = false;
    }

    /** Keeps a change of the session until the extension can receive it. */
    void miss(SessionChange change) {
        missed.add(change);
    }

    /** {@return the changes of the session that the extension must receive before its next message} */
    List<SessionChange> takeMissed() {
        List<SessionChange> taken = missed;
        missed = new ArrayList<>();
        return taken;
    }
}
