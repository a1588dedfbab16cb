package dev.bayeux.cli.console;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/**
 * The streams of a process, and which of them are terminals.
 *
 * @param in standard input
 * @param out standard output; unlike {@code System.out} it throws when its reader has closed it
 * @param err standard error
 * @param inputIsTerminal whether the standard input is a terminal
 * @param outputIsTerminal whether the standard output is a terminal
 * @param errorIsTerminal whether the standard error is a terminal
 * @param charset the charset of both outputs
 */
public record Streams(InputStream in, OutputStream out, OutputStream err, boolean inputIsTerminal,
        boolean outputIsTerminal, boolean errorIsTerminal, Charset charset) {

    /**
     * {@return the streams of this process}
     */
    public static Streams ofProcess() {
        boolean terminal = isTerminal(1, SystemStream.Output);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        return new Streams(new FileInputStream(FileDescriptor.in), isPipe(1) ? new PipeOutput(out) : out,
                new FileOutputStream(FileDescriptor.err), isTerminal(0, SystemStream.Input), terminal,
                isTerminal(2, SystemStream.Error),
                terminal ? terminalCharset("stdout.encoding") : StandardCharsets.UTF_8);
    }

    /**
     * {@return the charset of the input: that of the terminal; UTF-8, as for all JSON, if the input is no terminal}
     */
    public Charset inputCharset() {
        return inputIsTerminal
                ? terminalCharset(System.getProperty("stdin.encoding") == null ? "stdout.encoding" : "stdin.encoding")
                : StandardCharsets.UTF_8;
    }

    /**
     * Returns the configured charset of the terminal. In the locale POSIX (US-ASCII) it is UTF-8, which nearly all
     * terminals understand.
     */
    private static Charset terminalCharset(String property) {
        Charset configured = Charset.forName(System.getProperty(property, "UTF-8"), StandardCharsets.UTF_8);
        return configured.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : configured;
    }

    /** Returns the target of a file descriptor, on systems that have such links. */
    private static String target(int descriptor) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
    }

    private static boolean isPipe(int descriptor) {
        try {
            String target = target(descriptor);
            return target.startsWith("pipe:") || target.startsWith("socket:");
        } catch (IOException | UnsupportedOperationException noSuchLinks) {
            return false;
        }
    }

    private static boolean isTerminal(int descriptor, SystemStream stream) {
        try {
            // Reading a link is faster than JLine's native calls.
            String target = target(descriptor);
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException noSuchLinks) {
            return isTerminalByJline(stream);
        }
    }

    private static boolean isTerminalByJline(SystemStream stream) {
        for (String name : new String[]{"ffm", "exec"}) {
            try {
                return TerminalProvider.load(name).isSystemStream(stream);
            } catch (IOException | LinkageError missing) {
                // The next provider may be available.
            }
        }
        return false;
    }
}
