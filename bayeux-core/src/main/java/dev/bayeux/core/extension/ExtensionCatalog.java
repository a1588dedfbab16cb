package dev.bayeux.core.extension;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.extension.Extension;
import dev.bayeux.api.extension.ExtensionProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes the extensions of one client. */
public final class ExtensionCatalog {

    private ExtensionCatalog() {
    }

    /**
     * Makes an instance of each extension that the program named, then adds the program's own. Searches with the class
     * loaders of this library and of the calling thread. Throws if one is not found or cannot be made.
     */
    public static List<Extension> make(List<String> names, List<ExtensionProvider> given) {
        List<ExtensionProvider> chosen = new ArrayList<>();
        names.forEach(name -> chosen.add(find(name)));
        chosen.addAll(given);
        return chosen.stream().map(ExtensionCatalog::make).toList();
    }

    private static Extension make(ExtensionProvider provider) {
        try {
            return Objects.requireNonNull(provider.create());
        } catch (ConfigurationException known) {
            throw known;
        } catch (RuntimeException | LinkageError failed) {
            throw new ConfigurationException(
                    "The extension \"%s\" cannot be made: %s".formatted(provider.name(), failed),
                    failed);
        }
    }

    private static ExtensionProvider find(String name) {
        Search search = new Search(name);
        ExtensionProvider own = search.in(ExtensionProvider.class.getClassLoader());
        ExtensionProvider found = own == null ? search.in(Thread.currentThread().getContextClassLoader()) : own;
        if (found == null) {
            throw new ConfigurationException(
                    "There is no extension \"%s\" here. Found: %s. Is its artifact on the class path or module path?"
                            .formatted(name, search.others),
                    search.broken);
        }
        return found;
    }

    /** A provider that cannot be loaded does not stop the search for the others. */
    private static final class Search {

        /** Limits the failures of one search: an unreadable class path fails at every step. */
        private static final int FAILURES = 100;

        private final String name;
        private final TreeSet<String> others = new TreeSet<>();
        private @Nullable Throwable broken;
        private int failures;

        Search(String name) {
            this.name = name;
        }

        @Nullable
        ExtensionProvider in(@Nullable ClassLoader loader) {
            Iterator<ExtensionProvider> services = ServiceLoader.load(ExtensionProvider.class, loader).iterator();
            while (failures < FAILURES) {
                try {
                    if (!services.hasNext()) {
                        return null;
                    }
                    ExtensionProvider provider = services.next();
                    String found = Objects.requireNonNull(provider.name());
                    if (found.equals(name)) {
                        return provider;
                    }
                    others.add(found);
                } catch (ServiceConfigurationError | LinkageError | RuntimeException unusable) {
                    broken = unusable;
                    failures++;
                }
            }
            return null;
        }
    }
}
