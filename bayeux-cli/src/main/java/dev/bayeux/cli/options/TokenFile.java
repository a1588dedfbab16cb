package dev.bayeux.cli.options;

import dev.bayeux.api.Credentials;
import dev.bayeux.api.CredentialsSource;
import dev.bayeux.cli.console.Streams;
import java.nio.file.Files;

/**
 * Supplies the bearer token in a file. Reads the file when the program starts, so that an unreadable file ends the
 * program at once, and again whenever the server has refused the token. Reads a pipe, such as {@code <(command)}, and
 * the standard input only once.
 */
final class TokenFile implements CredentialsSource {

    private final String name;
    private final Streams streams;
    private final boolean lasting;
    private volatile String token;

    TokenFile(String name, Streams streams) {
        this.name = name;
        this.streams = streams;
        this.lasting = isLasting(name);
        this.token = read();
    }

    /** {@return whether a file can be read a second time} */
    static boolean isLasting(String name) {
        return !name.equals(InputFile.STDIN) && Files.isRegularFile(InputFile.path(name));
    }

    private String read() {
        return Secrets.firstLine(InputFile.read(name, streams), name);
    }

    @Override
    public Credentials credentials(boolean refused) {
        if (refused && lasting) {
            token = read();
        }
        return Credentials.bearer(token);
    }
}
