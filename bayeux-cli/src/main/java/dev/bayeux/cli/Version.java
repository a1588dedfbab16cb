package dev.bayeux.cli;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Supplies the text that {@code --version} prints. */
final class Version implements IVersionProvider {

    /** Called by picocli. */
    Version() {
        // Nothing is needed.
    }

    @Override
    public String[] getVersion() {
        // The unnamed module, of the class path, has no descriptor.
        return new String[]{"bayeux " + Optional.ofNullable(Main.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion).orElse("(development)")};
    }
}
