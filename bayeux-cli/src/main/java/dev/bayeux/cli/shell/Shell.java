package dev.bayeux.cli.shell;

import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.ExitCode;
import dev.bayeux.cli.console.Explanation;
import dev.bayeux.cli.console.OutputException;
import dev.bayeux.cli.options.Nearest;
import jakarta.json.Json;
import java.util.Optional;
import picocli.CommandLine.TypeConversionException;

/** Takes lines and does what they say, until somebody leaves or there are no more. */
public final class Shell {

    /** Where lines come from. */
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
     * For a session.
     *
     * @param session whose client
     */
    public Shell(ShellSession session) {
        this.session = session;
        this.console = session.console();
    }

    /**
     * Subscribes to the chat and tells the others, as users do first in a chat.
     *
     * @throws InterruptedException if a signal comes
     */
    public void join() throws InterruptedException {
        session.subscribe(session.chat());
        session.client().publish(session.chat(), Json.createObjectBuilder().add("user", session.user())
                .add("text", session.user() + " has joined").add("join", true).build());
    }

    /**
     * Runs.
     *
     * @param lines from a terminal or a pipe
     * @return that of the first line that has failed; if none has, whether the server has ended the session meanwhile
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
                    "There is no \"%s\" here; \"help\" lists what there is.%s".formatted(words.first(),
                            Nearest.suggestion(words.first(), Verbs.names()))))
                    .run(session, words.rest());
        } catch (InterruptedException interrupted) {
            if (!console.streams().inputIsTerminal() || console.isEnding()) {
                throw interrupted;
            }
            console.note("given up");
        } catch (OutputException notWritten) {
            throw notWritten;
        } catch (RuntimeException failed) {
            report(failed);
        }
    }

    /** The lines that follow are done all the same. */
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
