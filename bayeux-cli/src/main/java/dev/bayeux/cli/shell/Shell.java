package dev.bayeux.cli.shell;

import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.ExitCode;
import dev.bayeux.cli.console.Explanation;
import dev.bayeux.cli.console.OutputException;
import dev.bayeux.cli.options.Nearest;
import jakarta.json.Json;
import java.util.Optional;
import picocli.CommandLine.TypeConversionException;

/** Runs the verbs in lines until the user leaves or the input ends. */
public final class Shell {

    /** Supplies lines. */
    @FunctionalInterface
    public interface LineSource {

        /**
         * {@return the next line; empty if there is none, or the user wants to leave}
         *
         * @throws InterruptedException if a signal comes
         */
        Optional<String> next() throws InterruptedException;
    }

    private final ShellSession session;
    private final Console console;
    private ExitCode code = ExitCode.OK;

    /**
     * Makes a shell.
     *
     * @param session the session with the client
     */
    public Shell(ShellSession session) {
        this.session = session;
        this.console = session.console();
    }

    /**
     * Subscribes to the chat channel, and announces the user there.
     *
     * @throws InterruptedException if a signal comes
     */
    public void join() throws InterruptedException {
        session.subscribe(session.chat());
        session.client().publish(session.chat(), Json.createObjectBuilder().add("user", session.user())
                .add("text", session.user() + " has joined").add("join", true).build());
    }

    /**
     * Runs all lines.
     *
     * @param lines the lines of a terminal or a pipe
     * @return the code of the first line that failed; if none failed, {@link ExitCode#ENDED} if the server has ended
     *         the session, otherwise {@link ExitCode#OK}
     * @throws InterruptedException if a signal comes that is to end the program
     */
    public ExitCode run(LineSource lines) throws InterruptedException {
        while (!session.hasLeft()) {
            Optional<String> line = lines.next();
            if (line.isEmpty()) {
                break;
            }
            run(line.get().strip());
        }
        return code == ExitCode.OK && session.hasEnded() ? ExitCode.ENDED : code;
    }

    private void run(String line) throws InterruptedException {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        Arguments words = Arguments.of(line);
        try {
            Verbs.find(words.first()).orElseThrow(() -> new IllegalArgumentException(
                    "There is no command \"%s\"; \"help\" lists the commands.%s".formatted(words.first(),
                            Nearest.suggestion(words.first(), Verbs.names()))))
                    .run(session, words.rest());
        } catch (InterruptedException interrupted) {
            if (!console.streams().inputIsTerminal() || console.isEnding()) {
                throw interrupted;
            }
            console.note("aborted");
        } catch (OutputException notWritten) {
            throw notWritten;
        } catch (RuntimeException failed) {
            report(failed);
        }
    }

    /** Reports a line that failed. The lines after it run nevertheless. */
    private void report(RuntimeException failed) {
        ExitCode reason = failed instanceof TypeConversionException ? ExitCode.USAGE : ExitCode.of(failed);
        console.error(console.errorPalette().error("! ") + Explanation.of(failed));
        if (reason == ExitCode.INTERNAL) {
            console.error(Explanation.trace(failed));
        }
        if (code == ExitCode.OK) {
            code = reason;
        }
    }
}
