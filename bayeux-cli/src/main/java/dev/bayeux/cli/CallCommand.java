package dev.bayeux.cli;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.ExitCode;
import dev.bayeux.cli.options.ClientOptions;
import dev.bayeux.cli.options.DataOptions;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Calls a service and prints the answer. */
@Command(name = "call", header = "Call a service and print its answer.", description = "Publishes to a channel below /service/ and waits for the message that answers it.", footer = {
        "  bayeux call http://localhost:8080/cometd /service/echo '{\"a\":1}'",
        "  bayeux call --timeout 60s $URL /service/report '{\"year\":2026}' > report.json",
        "  bayeux call $URL /service/status || echo \"no answer: $?\""})
final class CallCommand extends ConsoleCommand {

    @Parameters(index = "1", paramLabel = "CHANNEL", description = "The service, such as /service/echo.")
    private String channel = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "JSON", description = "What to send; null if it is left out.")
    private @Nullable String json;

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private ClientOptions options = new ClientOptions();

    CallCommand(Console console) {
        super(console);
    }

    @Override
    int run(Console console) throws InterruptedException {
        JsonValue sent = json == null ? JsonValue.NULL : data.read(json);
        try (BayeuxClient client = options.connect(console, null)) {
            console.printJson(client.call(channel, sent).toString());
            return ExitCode.OK.code();
        }
    }
}
