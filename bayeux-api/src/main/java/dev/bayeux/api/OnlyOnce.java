package dev.bayeux.api;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.extension.Extension;
import dev.bayeux.api.extension.ExtensionProvider;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives an extension of the program to one client, whatever builders the program adds it to: an instance in two clients
 * would mix up their sessions, and both would call it at the same time.
 */
final class OnlyOnce implements ExtensionProvider {

    /** The instances that clients have, while the program has them too. */
    private static final Set<Given> GIVEN = ConcurrentHashMap.newKeySet();
    private static final ReferenceQueue<Extension> GONE = new ReferenceQueue<>();

    private final Extension instance;

    OnlyOnce(Extension instance) {
        this.instance = instance;
    }

    @Override
    public String name() {
        return instance.name();
    }

    @Override
    public Extension create() {
        for (Reference<? extends Extension> gone = GONE.poll(); gone != null; gone = GONE.poll()) {
            GIVEN.remove(gone);
        }
        if (!GIVEN.add(new Given(instance))) {
            throw new ConfigurationException(
                    "This instance of the extension \"%s\" was given to a client before. Give each client another instance, or give the builder an ExtensionProvider."
                            .formatted(instance.name()));
        }
        return instance;
    }

    /** An instance, compared by identity: records with equal components are different extensions. */
    private static final class Given extends WeakReference<Extension> {

        private final int hash;

        Given(Extension instance) {
            super(instance, GONE);
            hash = System.identityHashCode(instance);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            Extension mine = get();
            return mine != null && other instanceof Given given && given.get() == mine;
        }
    }
}
