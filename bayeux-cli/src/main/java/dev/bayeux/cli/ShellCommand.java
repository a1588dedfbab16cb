package dev.bayeux.cli;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.EventPrinter;
import dev.bayeux.cli.console.ExitCode;
import dev.bayeux.cli.console.Explanation;
import dev.bayeux.cli.console.Lines;
import dev.bayeux.cli.console.Wording;
import dev.bayeux.cli.options.ClientOptions;
import dev.bayeux.cli.options.ReplayOptions;
import dev.bayeux.cli.shell.HistoryFile;
import dev.bayeux.cli.shell.Shell;
import dev.bayeux.cli.shell.ShellSession;
import dev.bayeux.cli.shell.TerminalLines;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs an interactive shell over one client. */
@Command(name = "shell", customSynopsis = "bayeux shell [OPTIONS] [URL]", header = "Subscribe, publish and chat interactively.", description = "The command help lists all commands. Tab completes commands and channels, the arrow keys recall earlier lines. "
        + "Ctrl-C aborts the running command. On an empty line Ctrl-C and Ctrl-D end the session and the shell. "
        + "The history does not keep a line that begins with a space. "
        + "In a pipe each line is a command too, and the exit code is that of the first command that failed.", footer = {
                "  bayeux shell http://localhost:8080/cometd", "  > subscribe /stock/**",
                "  > publish /stock/eu {\"price\": 3}", "  > call /service/echo \"hello\"",
                "  bayeux shell --autojoin --name ann http://localhost:8080/cometd", "  > say hello everybody",
                "  printf 'subscribe /a\\npublish /a 1\\nwait 1s\\n' | bayeux shell $URL", "      a script"})
final class ShellCommand extends ConsoleCommand {

    @Option(names = {"-j",
            "--autojoin"}, description = "Subscribe to the chat channel at the start, and announce it there.")
    private boolean autojoin;

    @Option(names = "--chat", paramLabel = "CHANNEL", defaultValue = "/chat/demo", description = "The channel to which say publishes. Default: ${DEFAULT-VALUE}")
    private String chat = "/chat/demo";

    @Option(names = {"-N",
            "--name"}, paramLabel = "NAME", defaultValue = "${sys:user.name}", description = "Your name in the chat. Default: the user of this machine.")
    private String name = "";

    @Option(names = "--history", paramLabel = "FILE", description = "The file of the history. Default: ~/.local/state/bayeux/history")
    private @Nullable Path history;

    @Option(names = "--no-history", description = "Keep no history.")
    private boolean noHistory;

    @Mixin
    private ReplayOptions replay = new ReplayOptions();

    @Mixin
    private ClientOptions options = new ClientOptions();

    ShellCommand(Console console) {
        super(console);
    }

    @Override
    int run(Console console) throws InterruptedException {
        options.words(console, List.of());
        options.checked(chat, false);
        String server = options.shownUrl();
        EventPrinter events = new EventPrinter(console, reason -> console.warn(
                "The server has ended the session (%s); \"reconnect\" makes a new one.".formatted(
                        Explanation.of(reason))));
        try (PositionStore positions = replay.open(1);
                BayeuxClient client = options.connect(console, positions, events)) {
            ShellSession session = new ShellSession(client, console, server, chat, name, replay, options);
            Shell shell = new Shell(session);
            if (!console.streams().inputIsTerminal() || !console.streams().outputIsTerminal()) {
                return run(shell, Lines.of(console.streams())::next).code();
            }
            try (TerminalLines typed = new TerminalLines(session, historyFile(console))) {
                console.note("connected to %s over %s; help lists the commands".formatted(server,
                        client.state().transport().map(Wording::transport).orElse("?")));
                run(shell, typed);
                // The user has seen the failures; only scripts need an exit code for them.
                return ExitCode.OK.code();
            }
        }
    }

    private ExitCode run(Shell shell, Shell.LineSource lines) throws InterruptedException {
        if (autojoin) {
            shell.join();
        }
        return shell.run(lines);
    }

    private @Nullable Path historyFile(Console console) {
        if (noHistory) {
            return null;
        }
        return HistoryFile.prepare(history == null
                ? HistoryFile.usual(console.environment(), System.getProperty("user.home", "."))
                : history);
    }
}
