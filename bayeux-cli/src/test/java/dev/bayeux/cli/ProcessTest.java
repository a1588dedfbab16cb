package dev.bayeux.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.tests.bayeux.ScriptedBayeux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a separate process: real pipes, real signals, real exit codes. */
@Tag("optional")
class ProcessTest {

    private static final int SIGINT = 2;

    @AutoClose
    private final ScriptedBayeux server = ScriptedBayeux.start();
    private final String url = server.uri().toString();

    @TempDir
    private Path folder;

    private CliProcess run(String script) throws IOException {
        return CliProcess.run(folder, script);
    }

    @Test
    void linesGoInAndOutOfPipes() throws Exception {
        try (CliProcess pub = run("printf '{\"n\": 1}\\n2\\n' | bayeux pub %s /a; echo $?".formatted(url))) {
            assertEquals(List.of("0"), pub.rest());
            assertEquals(List.of("{\"n\":1}", "2"),
                    server.messages("/a").stream().map(message -> message.json().get("data").toString()).toList());
        }
        try (CliProcess call = run("bayeux call %s /service/echo '\"\u00e4\u20ac\"' | cat".formatted(url))) {
            assertEquals(List.of("\"\u00e4\u20ac\""), call.rest());
        }
    }

    @Test
    void nonAsciiArgumentsAreReadInEachLocale() throws Exception {
        for (String locale : List.of("POSIX", "C", "C.UTF-8", "xx_XX.UTF-8")) {
            try (CliProcess pub = run("LC_ALL=%s; export LC_ALL; bayeux pub %s /a '\"Zo\u00eb \ud83d\ude00\"'; echo $?"
                    .formatted(locale, url))) {
                assertEquals(List.of("0"), pub.rest(), locale);
                assertEquals("\"Zo\u00eb \ud83d\ude00\"",
                        server.takeMessage("/a", Cli.LIMIT).json().get("data").toString(), locale);
            }
        }
    }

    @Test
    void aTokenMayComeFromAPipe() throws Exception {
        try (CliProcess pub = run("echo s3cr3t | bayeux pub --bearer-file /dev/stdin %s /a 1; echo $?"
                .formatted(url))) {
            assertEquals(List.of("0"), pub.rest());
        }
        assertEquals(List.of("Bearer s3cr3t"), server.peer().requests().stream()
                .flatMap(request -> request.headers("Authorization").stream()).distinct().toList());
    }

    @Test
    void headIsServedAndTheSessionEnded() throws Exception {
        // Once head has ended, its end of the pipe is closed, so the next message cannot be written.
        try (CliProcess head = run(
                "{ bayeux sub %s /a; echo \"ended with $?\" >&2; } | { head -n 1; exec <&-; echo left; }"
                        .formatted(url))) {
            server.takeMessage("/meta/subscribe", Cli.LIMIT);
            server.awaitHeldConnects(1, Cli.LIMIT);
            server.publish("/a", "1");
            assertEquals(Optional.of("{\"channel\":\"/a\",\"data\":1}"), head.line());
            assertEquals(Optional.of("left"), head.line());
            server.publish("/a", "2");
            assertEquals(List.of("ended with 0"), head.rest());
            server.takeMessage("/meta/disconnect", Cli.LIMIT);
        }
    }

    @Test
    void aDiskThatIsFullIsAFailure() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")), "skipped: there is no /dev/full");
        try (CliProcess call = run("bayeux call %s /service/echo 1 > /dev/full; echo $?".formatted(url))) {
            assertEquals(List.of("bayeux: cannot write: No space left on device", "9"), call.rest());
        }
    }

    @Test
    void sigintDisconnectsPolitely() throws Exception {
        // exec makes the started process the command itself.
        try (CliProcess sub = run("exec %s %s sub %s /a".formatted(hearingSigint(), CliProcess.BAYEUX, url))) {
            server.takeMessage("/meta/subscribe", Cli.LIMIT);
            // The kill of the shell, because not every machine has a program of that name.
            assertEquals(0, new ProcessBuilder("/bin/sh", "-c", "kill -INT " + sub.pid()).start().waitFor());
            server.takeMessage("/meta/disconnect", Cli.LIMIT);
            assertEquals(List.of(), sub.rest());
            assertEquals(130, sub.exitCode());
        }
    }

    /**
     * Returns the command that makes a child receive SIGINT. A process that ignores SIGINT, such as a background job of
     * a shell, passes that on to its children, and a JVM does not change it.
     */
    private static String hearingSigint() throws Exception {
        Path status = Path.of("/proc/self/status");
        boolean ignored = Files.exists(status) && Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) >> SIGINT - 1 & 1) == 1);
        if (!ignored) {
            return "";
        }
        String env = "env --default-signal=INT";
        Assumptions.assumeTrue(new ProcessBuilder("/bin/sh", "-c", env + " true").start().waitFor() == 0,
                "skipped: this build ignores SIGINT, and so would the command; run it in the foreground");
        return env;
    }
}
