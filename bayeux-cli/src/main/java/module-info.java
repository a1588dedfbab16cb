/**
 * The command {@code bayeux}: subscribes, publishes, calls, measures, looks at servers, and has a shell. Exports nothing.
 *
 * @provides java.lang.System.LoggerFinder so that what the library logs comes where the user has asked for it
 */
module dev.bayeux.cli {
    requires dev.bayeux.api;
    requires dev.bayeux.transport.jdk;
    requires info.picocli;
    requires jdk.httpserver;
    // Signals, by way of JLine.
    requires jdk.unsupported;
    requires org.jline.reader;
    requires static org.jspecify;

    // Its annotations are read by reflection.
    opens dev.bayeux.cli to info.picocli;
    opens dev.bayeux.cli.options to info.picocli;

    provides System.LoggerFinder with dev.bayeux.cli.console.ConsoleLoggers;
}
