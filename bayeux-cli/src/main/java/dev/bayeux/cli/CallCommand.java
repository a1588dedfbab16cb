package dev.bayeux.cli;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.ExitCode;
import dev.bayeux.cli.options.ClientOptions;
import dev.bayeux.cli.options.DataOptions;
import jakarta.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Calls a service and prints the answer. */
@Command(name = "call", customSynopsis = "bayeux call [OPTIONS] [URL] CHANNEL [JSON]", header = "Call a service and print its answer.", description = "Publishes to a channel below /service/ and waits for the message that answers it.", footer = {
        "  bayeux call http://localhost:8080/cometd /service/echo '{\"a\":1}'",
        "  bayeux call --timeout 60s $URL /service/report '{\"year\":2026}' > report.json",
        "  bayeux call $URL /service/report < question.json",
        "  bayeux call $URL /service/status || echo \"no answer: $?\""})
final class CallCommand extends ConsoleCommand {

    @Parameters(index = "1", arity = "0..1", paramLabel = "CHANNEL", description = "The service, such as /service/echo.")
    private @Nullable String channel;

    @Parameters(index = "2", arity = "0..1", paramLabel = "JSON", description = "The data: JSON, @FILE, or - for the standard input. Without it, all of the standard input "
            + "unless that is a terminal. Without any, null.")
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
        List<String> words = options.words(console, List.of("CHANNEL", "[JSON]"), channel, json);
        String service = options.checked(words.getFirst(), false);
        if (!service.startsWith("/service/")) {
            throw new IllegalArgumentException(
                    "%s is no service: channels of services begin with /service/. To publish to another channel: bayeux pub."
                            .formatted(service));
        }
        JsonValue sent = data.one(words.size() > 1 ? words.get(1) : null, console.streams());
        if (sent == null && !console.streams().inputIsTerminal() && !options.readsStandardInput()) {
            sent = data.standardInput(console.streams());
        }
        try (BayeuxClient client = options.connect(console, null)) {
            console.printJson(client.call(service, sent == null ? JsonValue.NULL : sent).toString());
            return ExitCode.OK.code();
        }
    }
}
