package dev.bayeux.core;

import dev.bayeux.core.message.Json;
import dev.bayeux.core.transport.TransportCatalog;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The JSON library and the transports found by a class loader. The search takes longer than everything else that makes a
 * client, so the last result is cached for callers with the same context class loader. A result from another loader than the
 * engine's is not cached, since the cache would keep that loader from being unloaded in a container.
 */
record InstalledLibraries(WeakReference<ClassLoader> context, Json json, TransportCatalog transports) {

    private static volatile @Nullable InstalledLibraries last;

    static InstalledLibraries here() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        InstalledLibraries known = last;
        if (known != null && known.context.refersTo(context)) {
            return known;
        }
        InstalledLibraries found = new InstalledLibraries(new WeakReference<>(context), Json.find(),
                TransportCatalog.discover());
        ClassLoader own = InstalledLibraries.class.getClassLoader();
        if (found.json.isOf(own) && found.transports.isOf(own)) {
            last = found;
        }
        return found;
    }
}
