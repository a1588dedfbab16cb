package dev.bayeux.cli.console;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes the library's wire log ({@code dev.bayeux.wire}, with secrets redacted) to the console if the user gave
 * {@code --wire}. Drops all other log records, because events report the same.
 */
public final class ConsoleLoggers extends System.LoggerFinder {

    private static final String WIRE = "dev.bayeux.wire";
    private static volatile @Nullable Consumer<String> wire;

    /** Called by the JDK. */
    public ConsoleLoggers() {
        // Nothing is needed.
    }

    /**
     * Sets the consumer of the wire log.
     *
     * @param sink receives each line; {@code null} to show none
     */
    public static void showWire(@Nullable Consumer<String> sink) {
        wire = sink;
    }

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new ConsoleLogger(name);
    }

    private record ConsoleLogger(String name) implements System.Logger {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return name.equals(WIRE) && wire != null;
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String text,
                @Nullable Throwable thrown) {
            Consumer<String> sink = wire;
            if (isLoggable(level) && sink != null && text != null) {
                sink.accept(text);
            }
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String format,
                Object... values) {
            if (isLoggable(level) && format != null) {
                // The JDK passes null if there are no values.
                log(level, bundle, values == null || values.length == 0 ? format : MessageFormat.format(format, values),
                        (Throwable) null);
            }
        }
    }
}
