package dev.bayeux.cli;

import dev.bayeux.cli.console.BadInputException;
import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.ExitCode;
import dev.bayeux.cli.console.Explanation;
import dev.bayeux.cli.console.Hint;
import dev.bayeux.cli.console.Interrupts;
import dev.bayeux.cli.console.OutputClosedException;
import dev.bayeux.cli.console.OutputException;
import dev.bayeux.cli.console.Palette;
import dev.bayeux.cli.console.Streams;
import dev.bayeux.cli.options.Config;
import dev.bayeux.cli.options.Nearest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs the command line. */
public final class Main {

    /** The commands by name, in the order of the help. */
    private static final Map<String, Function<Console, ConsoleCommand>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("sub", SubCommand::new);
        COMMANDS.put("pub", PubCommand::new);
        COMMANDS.put("call", CallCommand::new);
        COMMANDS.put("ping", PingCommand::new);
        COMMANDS.put("probe", ProbeCommand::new);
        COMMANDS.put("shell", ShellCommand::new);
        COMMANDS.put("demo", DemoCommand::new);
        COMMANDS.put("completion", CompletionCommand::new);
    }

    private static final String HELP = "help";
    /**
     * The authentication schemes that the JDK does not use for a tunnel through a proxy. It reads the property once,
     * before the first request.
     */
    private static final String NO_TUNNEL_LOGIN = "jdk.http.auth.tunneling.disabledSchemes";
    private static final int LEAST_WIDTH = 30;
    private static final int MOST_WIDTH = 100;
    /** A message shows at most this many characters of a mistyped word. */
    private static final int WORD = 20;

    private Main() {
    }

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param args the command and its arguments
     */
    public static void main(String[] args) {
        if (System.getProperty(NO_TUNNEL_LOGIN) == null) {
            System.setProperty(NO_TUNNEL_LOGIN, "");
        }
        Console console = new Console(Streams.ofProcess(), !"dumb".equals(System.getenv("TERM")),
                new Interrupts(Runtime.getRuntime()::halt).listen(), System.getenv());
        int code;
        try {
            code = run(console, RawArguments.of(args));
        } catch (IllegalArgumentException unreadable) {
            code = ended(console, unreadable);
        }
        System.exit(code);
    }

    /**
     * Describes all commands, for the manual pages and the completion.
     *
     * @return a command line that is not meant to run
     */
    public static CommandLine commandLine() {
        return commandLine(new Console(Streams.ofProcess(), false, new Interrupts(code -> {})));
    }

    /**
     * Writes the script that completes commands in a shell.
     *
     * @param line as {@link #commandLine()} describes it
     * @return the script, for bash and zsh
     */
    public static String completion(CommandLine line) {
        return Completion.script(line);
    }

    /**
     * Runs a command.
     *
     * @param console the streams of the command
     * @param args the command and its arguments
     * @return the exit code
     */
    static int run(Console console, String... args) {
        Optional<String> mistyped = mistyped(args);
        if (mistyped.isPresent()) {
            console.error(console.errorPalette().error("bayeux: ") + Explanation.visible(mistyped.get()));
            console.error("Try: bayeux --help");
            return ExitCode.USAGE.code();
        }
        CommandLine line = commandLine(console, args);
        StringWriter usage = new StringWriter();
        line.setOut(new PrintWriter(usage, true));
        int code;
        try {
            useConfig(console, line, args);
            code = line.execute(args);
            if (code == ExitCode.OK.code() && console.failure().isPresent()) {
                code = failedMeanwhile(console, console.failure().get());
            }
            if (!usage.toString().isEmpty()) {
                console.print(usage.toString().stripTrailing());
            }
        } catch (OutputException notWritten) {
            code = ended(console, notWritten);
        } catch (BadInputException wrongConfig) {
            code = ended(console, wrongConfig);
        }
        return code;
    }

    /**
     * Returns a message if the first word is no command. Later words may be secrets, so the message does not repeat
     * them.
     */
    private static Optional<String> mistyped(String... args) {
        for (int n = 0; n < args.length; n++) {
            if (args[n].equals("--color")) {
                n++;
            } else if (!args[n].startsWith("-") && !args[n].equals(HELP)) {
                Set<String> known = new LinkedHashSet<>(COMMANDS.keySet());
                known.add(HELP);
                return known.contains(args[n])
                        ? Optional.empty()
                        : Optional.of("There is no command \"%s\".%s".formatted(
                                args[n].length() > WORD ? args[n].substring(0, WORD) + "..." : args[n],
                                Nearest.suggestion(args[n], known)));
            }
        }
        return Optional.empty();
    }

    /** Reads values for options that the command line does not give from the user's configuration file. */
    private static void useConfig(Console console, CommandLine line, String... args) {
        Config config = Config.load(console.environment());
        if (config.isEmpty()) {
            return;
        }
        String context = config.usualContext();
        try {
            ParseResult parsed = line.parseArgs(args);
            ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
            String first = command.matchedPositionalValue(0, "");
            context = command.matchedOptionValue("--context", config.hasContext(first) ? first : context);
        } catch (ParameterException wrong) {
            // The command reports the failure when it runs.
        }
        line.setDefaultValueProvider(config.defaults(context));
    }

    /**
     * Returns the exit code for a failure on another thread during a command that succeeded. Reports a failure of the
     * output; unsaved positions were reported before.
     */
    private static int failedMeanwhile(Console console, RuntimeException failed) {
        return failed instanceof OutputException ? ended(console, failed) : exitCode(console, failed);
    }

    private static CommandLine commandLine(Console console, String... args) {
        BayeuxCommand bayeux = new BayeuxCommand(console);
        CommandLine line = new CommandLine(bayeux);
        // Reads the annotations of one command if it can: reading those of all commands takes longer than the JVM's
        // start.
        Map<String, Function<Console, ConsoleCommand>> wanted = args.length > 0 && COMMANDS.containsKey(args[0])
                && !args[0].equals("completion")
                        ? Map.of(args[0], COMMANDS.get(args[0]))
                        : COMMANDS;
        wanted.values().forEach(command -> line.addSubcommand(command.apply(console)));
        if (wanted.size() > 1) {
            line.addSubcommand(new CommandLine.HelpCommand());
        }
        // The commands and options read @FILE themselves, for example DataOptions and CredentialOptions.
        line.setExpandAtFiles(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        HelpLayout.apply(line, helpWidth(console, args));
        line.setExecutionStrategy(parsed -> {
            bayeux.output().apply(console);
            return new CommandLine.RunLast().execute(parsed);
        });
        line.setExitCodeExceptionMapper(failed -> exitCode(console, failed));
        line.setExecutionExceptionHandler((failed, command, parsed) -> ended(console, failed));
        line.setParameterExceptionHandler((failed, arguments) -> wrong(console, failed));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                console.palette() == Palette.COLOURED ? Ansi.ON : Ansi.OFF));
        line.getCommandSpec().usageMessage().exitCodeList(exitCodes());
        return line;
    }

    /** Returns the width of the help. Asking the terminal takes time, so this happens only if the help is printed. */
    private static int helpWidth(Console console, String... args) {
        boolean help = args.length == 0 || Stream.of(args).anyMatch(Set.of("--help", "-h", HELP)::contains);
        return help ? Math.clamp(console.width(), LEAST_WIDTH, MOST_WIDTH) : MOST_WIDTH;
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            codes.put(String.valueOf(code.code()), code.meaning());
        }
        codes.put("130, 143", "Ctrl-C or SIGTERM has ended the command, after a /meta/disconnect");
        return codes;
    }

    private static int exitCode(Console console, Throwable failed) {
        return failed instanceof InterruptedException ? console.interrupts().exitCode() : ExitCode.of(failed).code();
    }

    /** Prints why a command has failed, with the stack trace if the failure is a bug, and returns the exit code. */
    static int ended(Console console, Exception thrown) {
        // If the output failed on another thread, that thread interrupted this one, which caused the exception.
        Exception failed = console.interrupts().isRaised()
                ? thrown
                : console.failure().filter(OutputException.class::isInstance).map(Exception.class::cast).orElse(thrown);
        int code = exitCode(console, failed);
        if (failed instanceof InterruptedException || failed instanceof OutputClosedException) {
            return code;
        }
        console.error(console.errorPalette().error("bayeux: ") + Explanation.of(failed));
        Hint.of(failed).ifPresent(hint -> console.error("  " + hint));
        if (code == ExitCode.INTERNAL.code()) {
            console.error(Explanation.trace(failed));
        }
        return code;
    }

    /**
     * Returns a message that names the first unknown option. Other words may be secrets, so it does not repeat them.
     */
    private static String unmatched(UnmatchedArgumentException failed) {
        return failed.getUnmatched().stream().filter(word -> word.startsWith("-")).findFirst().map(word -> {
            String option = word.replaceFirst("=.*", "");
            if (option.matches("-[0-9.]+")) {
                return "A negative number looks like an option: put -- before it.";
            }
            Set<String> known = failed.getCommandLine().getCommandSpec().optionsMap().keySet();
            return "There is no option %s.%s".formatted(option, Nearest.suggestion(option, known));
        }).orElse("There are too many words. Put quotes around a text with spaces.");
    }

    private static int wrong(Console console, ParameterException failed) {
        CommandLine command = failed.getCommandLine();
        String text = failed instanceof UnmatchedArgumentException unmatched
                ? unmatched(unmatched)
                : String.valueOf(failed.getMessage());
        console.error(console.errorPalette().error("bayeux: ") + Explanation.visible(text));
        console.error("Try: %s --help".formatted(command.getCommandSpec().qualifiedName()));
        return failed.getCause() instanceof BadInputException ? ExitCode.BAD_INPUT.code() : ExitCode.USAGE.code();
    }
}
