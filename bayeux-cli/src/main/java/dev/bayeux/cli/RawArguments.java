package dev.bayeux.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes the arguments of the process. In the POSIX locale, which cron, systemd and containers use, the JVM cannot decode
 * non-ASCII characters. This class then reads the bytes from the system as UTF-8, or rejects such arguments.
 */
final class RawArguments {

    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private RawArguments() {
    }

    /**
     * Decodes the arguments of this process.
     *
     * @param decoded the arguments as the JVM has decoded them
     * @return the arguments as the user gave them
     * @throws IllegalArgumentException if an argument has non-ASCII characters and its bytes cannot be read as UTF-8
     */
    static String[] of(String... decoded) {
        Charset charset = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"), StandardCharsets.UTF_8);
        return of(charset, COMMAND_LINE, decoded);
    }

    static String[] of(Charset charset, Path commandLine, String... decoded) {
        if (!charset.equals(StandardCharsets.US_ASCII)) {
            return decoded;
        }
        try {
            List<byte[]> all = split(Files.readAllBytes(commandLine));
            List<byte[]> last = all.subList(Math.max(0, all.size() - decoded.length), all.size());
            if (last.size() == decoded.length) {
                String[] arguments = new String[decoded.length];
                for (int n = 0; n < arguments.length; n++) {
                    arguments[n] = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(last.get(n)))
                            .toString();
                }
                return arguments;
            }
        } catch (CharacterCodingException malformed) {
            throw unusable();
        } catch (IOException notThere) {
            // This system has no /proc/self/cmdline.
        }
        for (String argument : decoded) {
            if (argument.chars().anyMatch(c -> c > 127)) {
                throw unusable();
            }
        }
        return decoded;
    }

    private static List<byte[]> split(byte[] bytes) {
        List<byte[]> parts = new ArrayList<>();
        int start = 0;
        for (int n = 0; n < bytes.length; n++) {
            if (bytes[n] == 0) {
                parts.add(java.util.Arrays.copyOfRange(bytes, start, n));
                start = n + 1;
            }
        }
        return parts;
    }

    private static IllegalArgumentException unusable() {
        return new IllegalArgumentException(
                "An argument has characters that cannot be read in this locale; set LC_ALL=C.UTF-8.");
    }
}
