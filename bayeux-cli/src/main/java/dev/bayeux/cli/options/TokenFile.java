package dev.bayeux.cli.options;

import dev.bayeux.api.Credentials;
import dev.bayeux.api.CredentialsSource;
import dev.bayeux.cli.console.Streams;
import java.nio.file.Files;

/**
 * Gives the bearer token in a file. The file is read when the program starts, so that one which cannot be read ends it
 * at once, and again when the server has refused the token. A pipe, such as that of {@code <(command)}, and the standard
 * input can be read only once, and are.
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

    /** {@return whether a file can be read again} */
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
