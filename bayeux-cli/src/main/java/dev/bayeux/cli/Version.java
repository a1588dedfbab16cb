package dev.bayeux.cli;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {

    /** Made by picocli. */
    Version() {
        // Nothing is needed.
    }

    @Override
    public String[] getVersion() {
        // On the class path there is no module.
        return new String[]{"bayeux " + Optional.ofNullable(Main.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion).orElse("(development)")};
    }
}
