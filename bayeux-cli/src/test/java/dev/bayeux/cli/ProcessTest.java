package dev.bayeux.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.bayeux.ScriptedBayeux;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own: real pipes, real signals, real exit codes. */
@Tag("optional")
class ProcessTest {

    private static final String BAYEUX = "'%s' -XX:TieredStopAtLevel=1 -cp '%s' dev.bayeux.cli.Main".formatted(
            Path.of(System.getProperty("java.home"), "bin", "java"), System.getProperty("java.class.path"));

    @TempDir
    private Path folder;

    /** Runs a line of shell script in which {@code bayeux} and {@code $URL} can be used. */
    private Process run(ScriptedBayeux server, String line) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "skipped: there is no /bin/sh");
        Path script = Files.writeString(folder.resolve("script"),
                "URL=%s\nbayeux() { %s \"$@\"; }\n%s\n".formatted(server.uri(), BAYEUX, line));
        return new ProcessBuilder("/bin/sh", script.toString()).redirectErrorStream(true).start();
    }

    private static List<String> output(Process process) throws Exception {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = out.lines().toList();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void linesGoInAndOutOfPipes() throws Exception {
        try (ScriptedBayeux server = ScriptedBayeux.start()) {
            Process pub = run(server, "printf '{\"n\": 1}\\n2\\n' | bayeux pub $URL /a; echo $?");
            assertEquals(List.of("0"), output(pub));
            assertEquals(List.of("{\"n\":1}", "2"),
                    server.messages("/a").stream().map(message -> message.json().get("data").toString()).toList());
            Process call = run(server, "bayeux call $URL /service/echo '\"\u00e4\u20ac\"' | cat");
            assertEquals(List.of("\"\u00e4\u20ac\""), output(call));
        }
    }

    @Test
    void headIsServedAndTheSessionEnded() throws Exception {
        try (ScriptedBayeux server = ScriptedBayeux.start()) {
            Process head = run(server, "{ bayeux sub $URL /a; echo \"ended with $?\" >&2; } | head -n 1");
            server.takeMessage("/meta/subscribe", Cli.LIMIT);
            server.awaitHeldConnects(1, Cli.LIMIT);
            server.publish("/a", "1");
            try (BufferedReader out = head.inputReader(StandardCharsets.UTF_8)) {
                assertEquals("{\"channel\":\"/a\",\"data\":1}", out.readLine());
                // head leaves, and one of the next messages finds nobody.
                for (int n = 0; n < 400 && !head.waitFor(50, TimeUnit.MILLISECONDS); n++) {
                    server.publish("/a", "2");
                }
                assertEquals("ended with 0", out.readLine());
            }
            server.takeMessage("/meta/disconnect", Cli.LIMIT);
        }
    }

    @Test
    void sigintDisconnectsPolitely() throws Exception {
        try (ScriptedBayeux server = ScriptedBayeux.start()) {
            // exec, so that the process that is started is the command itself; a shell's child would ignore the signal.
            Process sub = run(server, "exec " + BAYEUX + " sub $URL /a");
            server.takeMessage("/meta/subscribe", Cli.LIMIT);
            assertEquals(0, new ProcessBuilder("kill", "-INT", String.valueOf(sub.pid())).start().waitFor());
            server.takeMessage("/meta/disconnect", Cli.LIMIT);
            assertEquals(List.of(), output(sub));
            assertEquals(130, sub.exitValue());
        }
    }
}
