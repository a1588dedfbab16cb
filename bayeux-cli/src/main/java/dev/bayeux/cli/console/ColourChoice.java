package dev.bayeux.cli.console;

import java.util.Locale;
import java.util.Map;

/** When to use colours. */
public enum ColourChoice {

    /** On a terminal, unless the environment has {@code NO_COLOR}. */
    AUTO,
    /** Always: a pipe gets what a terminal would, for a pager that shows colours. */
    ALWAYS,
    /** Never. */
    NEVER;

    /** Returns the choice as users write it, in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean applies(boolean terminal, Map<String, String> environment) {
        return switch (this) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
        };
    }
}
