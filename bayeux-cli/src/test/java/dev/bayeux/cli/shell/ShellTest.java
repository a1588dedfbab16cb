package dev.bayeux.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.ExitCode;
import dev.bayeux.cli.console.Interrupts;
import dev.bayeux.cli.console.Streams;
import dev.bayeux.cli.options.ClientOptions;
import dev.bayeux.cli.options.ReplayOptions;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** The shell reports lines that fail. */
class ShellTest {

    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final Console console = new Console(new Streams(InputStream.nullInputStream(),
            new ByteArrayOutputStream(), errors, false, false, false, StandardCharsets.UTF_8), false,
            new Interrupts(code -> {}));

    /** A client whose methods all fail by a bug. */
    private final BayeuxClient client = (BayeuxClient) Proxy.newProxyInstance(getClass().getClassLoader(),
            new Class<?>[]{BayeuxClient.class}, (proxy, method, arguments) -> {
                throw new IllegalStateException("a bug in " + method.getName());
            });

    private ExitCode run(String... lines) throws InterruptedException {
        Queue<String> left = new ConcurrentLinkedQueue<>(List.of(lines));
        return new Shell(new ShellSession(client, console, "http://localhost", "/chat/demo", "ann",
                new ReplayOptions(), new ClientOptions())).run(() -> Optional.ofNullable(left.poll()));
    }

    @Test
    void aBugIsShownWithItsStackTraceAndTheNextLineRuns() throws Exception {
        assertEquals(ExitCode.INTERNAL, run("publish /a 1", "nonsense"));
        String shown = errors.toString(StandardCharsets.UTF_8);
        assertTrue(shown.startsWith("! a bug in publish\njava.lang.IllegalStateException: a bug in publish\n    at "),
                shown);
        assertTrue(shown.contains("\n! There is no command \"nonsense\""), shown);
    }

    @Test
    void aMistypedVerbIsSuggested() throws Exception {
        assertEquals(ExitCode.USAGE, run("publsh /a 1"));
        assertTrue(errors.toString(StandardCharsets.UTF_8).contains("Did you mean publish?"));
    }

    @Test
    void anInvalidChannelIsReportedInTermsOfTheCommandLine() throws Exception {
        assertEquals(ExitCode.USAGE, run("publish /\u00e4 1"));
        String shown = errors.toString(StandardCharsets.UTF_8);
        assertTrue(shown.contains("--any-channel") && !shown.contains("channelRules"), shown);
    }

    @Test
    void aTimeThatIsTooLongIsAWrongArgument() throws Exception {
        assertEquals(ExitCode.USAGE, run("wait 3000000h"));
        assertTrue(errors.toString(StandardCharsets.UTF_8).contains("365d is the most"));
    }
}
