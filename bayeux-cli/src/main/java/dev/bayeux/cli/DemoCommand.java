package dev.bayeux.cli;

import dev.bayeux.cli.console.BadInputException;
import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.ExitCode;
import dev.bayeux.cli.console.Interrupts;
import dev.bayeux.cli.console.JsonFormat;
import dev.bayeux.cli.demo.DemoChat;
import dev.bayeux.cli.demo.DemoServer;
import jakarta.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a chat over a small server in this process, or serves until Ctrl-C. */
@Command(name = "demo", customSynopsis = "bayeux demo [OPTIONS]", header = "Run a chat over a small server, or serve one to try things on.", description = "Without options two clients chat over a Bayeux server in this process. In the middle the server "
        + "forgets both clients, they reconnect by themselves, and the chat continues. Nothing leaves this machine. "
        + "With --serve the server runs until Ctrl-C. It publishes the time on /clock each second, and "
        + "/service/echo answers. The server has long-polling only.", footer = {"  bayeux demo",
                "  bayeux demo --serve", "  bayeux sub http://127.0.0.1:8080/bayeux /clock",
                "      in another terminal", "  bayeux call http://127.0.0.1:8080/bayeux /service/echo '{\"a\":1}'",
                "  bayeux shell --autojoin http://127.0.0.1:8080/bayeux", "      in two more terminals, to chat"})
final class DemoCommand extends ConsoleCommand {

    @Option(names = "--serve", description = "Serve until Ctrl-C.")
    private boolean serve;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8080", description = "The port of the server, 0 for any free one. Default: ${DEFAULT-VALUE}")
    private int port = 8080;

    DemoCommand(Console console) {
        super(console);
    }

    @Override
    int run(Console console) throws InterruptedException {
        try (DemoServer server = DemoServer.start(serve ? port : 0)) {
            if (serve) {
                serve(server, console);
            } else {
                new DemoChat(server, console).run();
                console.note("That was it. To play yourself: bayeux demo --serve");
            }
            return ExitCode.OK.code();
        } catch (IOException taken) {
            throw new BadInputException(
                    "The server cannot use port %d (%s). Choose another port with --port, or 0 for any free one."
                            .formatted(port, taken.getMessage()));
        }
    }

    private static void serve(DemoServer server, Console console) throws InterruptedException {
        String url = server.uri().toString();
        if (console.isForPeople()) {
            console.print("A Bayeux server is at " + console.palette().heading(url));
            console.note("Try, in another terminal: bayeux sub %s /clock".formatted(url));
            console.note("Ctrl-C ends it.");
        } else {
            console.print("{\"url\":%s}".formatted(JsonFormat.quoted(url)));
        }
        while (true) {
            Interrupts.pause(Duration.ofSeconds(1));
            server.publish("/clock", Json.createObjectBuilder()
                    .add("time", LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS).toString())
                    .build());
        }
    }
}
