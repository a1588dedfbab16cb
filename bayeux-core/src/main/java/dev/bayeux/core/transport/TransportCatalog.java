package dev.bayeux.core.transport;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.spi.TransportProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the transports of a client. Providers from the program take precedence over those that are found. If the choice is
 * ambiguous, the exception says how to make it.
 */
public final class TransportCatalog {

    private static final String LONG_POLLING = "long-polling";

    private static final System.Logger LOG = System.getLogger(TransportCatalog.class.getName());

    /** Limits the failures of one search: an unreadable class path fails at every step. */
    private static final int FAILURES = 100;

    private final List<TransportProvider> found = new ArrayList<>();
    private @Nullable Throwable broken;
    private int failures;

    private TransportCatalog() {
    }

    /**
     * Searches the class path or module path with the loader of this library and the context loader of the calling thread: in
     * a container, a program may add a transport to a shared library.
     */
    public static TransportCatalog discover() {
        ClassLoader own = TransportProvider.class.getClassLoader();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        Iterator<TransportProvider> here = ServiceLoader.load(TransportProvider.class, own).iterator();
        return context == null || context == own
                ? of(here)
                : of(here, ServiceLoader.load(TransportProvider.class, context).iterator());
    }

    @SafeVarargs
    static TransportCatalog of(Iterator<TransportProvider>... places) {
        TransportCatalog catalog = new TransportCatalog();
        for (Iterator<TransportProvider> services : places) {
            while (catalog.failures < FAILURES && catalog.next(services)) {
                // Each call advances to the next provider.
            }
        }
        LOG.log(System.Logger.Level.DEBUG, () -> "Transports found: " + names(catalog.found));
        return catalog;
    }

    private boolean next(Iterator<TransportProvider> services) {
        try {
            if (!services.hasNext()) {
                return false;
            }
            TransportProvider next = services.next();
            if (found.stream().noneMatch(known -> isSame(known, next))) {
                found.add(next);
            }
        } catch (Throwable unusable) {
            // A provider that cannot be loaded does not stop the search for the others.
            LOG.log(System.Logger.Level.WARNING, "A transport on the class path or module path cannot be used",
                    unusable);
            broken = unusable;
            failures++;
        }
        return true;
    }

    private static boolean isSame(TransportProvider one, TransportProvider other) {
        return one.getClass().getName().equals(other.getClass().getName()) && one.name().equals(other.name());
    }

    /** {@return whether transports were found, all can be used, and all come from this class loader} */
    public boolean isOf(ClassLoader loader) {
        return broken == null && !found.isEmpty()
                && found.stream().allMatch(provider -> provider.getClass().getClassLoader() == loader);
    }

    /**
     * Chooses the transports of a client, in order of preference and no two of one connection type: those that the program
     * brought, else those it named. Throws if there is none, or if the choice is not clear; the text says what to do.
     */
    public List<TransportProvider> choose(List<TransportProvider> given, List<String> names) {
        List<TransportProvider> candidates = given.isEmpty() ? found : given;
        if (candidates.isEmpty()) {
            throw new ConfigurationException(broken == null
                    ? "No Bayeux transport was found. Add dev.bayeux:transport-jdk (no further library) or dev.bayeux:transport-jetty to the class path or module path."
                    : "The only Bayeux transport that was found cannot be loaded; see the cause. Are all its libraries there?",
                    broken);
        }
        List<TransportProvider> chosen = names.isEmpty()
                ? given.isEmpty() ? usual(found) : given
                : names.stream().map(name -> byName(candidates, name)).distinct().toList();
        for (TransportProvider provider : chosen) {
            List<TransportProvider> same = ofType(chosen, provider.connectionType());
            if (same.size() > 1) {
                throw new ConfigurationException(
                        "Several transports carry \"%s\": %s. Choose one, for example with transports(\"%s\")."
                                .formatted(provider.connectionType(), names(same), same.getFirst().name()));
            }
        }
        return chosen;
    }

    /**
     * Prefers long-polling, which works everywhere. Without it, chooses all other transports that need not be named.
     */
    private static List<TransportProvider> usual(List<TransportProvider> found) {
        List<TransportProvider> polling = ofType(found, LONG_POLLING);
        if (!polling.isEmpty()) {
            return polling;
        }
        List<TransportProvider> others = found.stream()
                .filter(other -> !other.mustBeNamed()).toList();
        if (others.isEmpty()) {
            throw new ConfigurationException(
                    "Only %s was found, and a program must name it: transports(\"%s\")."
                            .formatted(found.getFirst().connectionType(), found.getFirst().name()));
        }
        return others;
    }

    private TransportProvider byName(List<TransportProvider> candidates, String name) {
        for (TransportProvider provider : candidates) {
            if (provider.name().equals(name)) {
                return provider;
            }
        }
        List<TransportProvider> typed = ofType(candidates, name);
        if (typed.size() == 1) {
            return typed.getFirst();
        }
        throw new ConfigurationException(typed.isEmpty()
                ? "There is no transport \"%s\" here. Found: %s. Is its artifact on the class path or module path?"
                        .formatted(name, names(candidates))
                : "Several transports carry \"%s\": %s. Choose one by its name.".formatted(name, names(typed)), broken);
    }

    private static List<TransportProvider> ofType(List<TransportProvider> providers, String connectionType) {
        return providers.stream().filter(provider -> provider.connectionType().equals(connectionType)).toList();
    }

    private static String names(List<TransportProvider> providers) {
        return providers.stream().map(TransportProvider::name).collect(Collectors.joining(", ", "[", "]"));
    }
}
