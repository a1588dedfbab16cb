/**
 * The command {@code bayeux}: subscribes, publishes, calls, measures, inspects servers, and has a shell. Exports
 * nothing.
 *
 * @provides java.lang.System.LoggerFinder so that {@code --wire} shows the library's wire log
 */
module dev.bayeux.cli {
    requires dev.bayeux.api;
    requires dev.bayeux.transport.jdk;
    requires info.picocli;
    requires jdk.httpserver;
    // JLine uses it for signals.
    requires jdk.unsupported;
    requires org.jline.reader;
    requires static org.jspecify;

    // Picocli reads annotations by reflection.
    opens dev.bayeux.cli to info.picocli;
    opens dev.bayeux.cli.options to info.picocli;

    provides System.LoggerFinder with dev.bayeux.cli.console.ConsoleLoggers;
}
