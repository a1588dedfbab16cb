package dev.bayeux.core;

import dev.bayeux.core.message.Json;
import dev.bayeux.core.transport.TransportCatalog;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * What is there beside the engine. To look for it takes longer than all else that makes a client, so the last that was found
 * is kept for those who come with the same class loader; unless it is of another one than the engine, which would then be
 * kept from leaving a container.
 *
 * @param context the class loader of the thread that has looked for it
 * @param json the JSON-P library
 * @param transports all that are found
 */
record Installed(WeakReference<ClassLoader> context, Json json, TransportCatalog transports) {

    private static volatile @Nullable Installed last;

    static Installed here() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        Installed known = last;
        if (known != null && known.context.refersTo(context)) {
            return known;
        }
        Installed found = new Installed(new WeakReference<>(context), Json.find(), TransportCatalog.discover());
        ClassLoader own = Installed.class.getClassLoader();
        if (found.json.isOf(own) && found.transports.isOf(own)) {
            last = found;
        }
        return found;
    }
}
