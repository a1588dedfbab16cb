package dev.bayeux.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {

    /** Made by picocli. */
    Version() {
        // Nothing is needed.
    }

    @Override
    public String[] getVersion() {
        return new String[]{"bayeux " + Main.class.getModule().getDescriptor().rawVersion().orElse("(development)")};
    }
}
