package dev.bayeux.cli.options;

import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.Credentials;
import dev.bayeux.cli.console.Console;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that authenticate the client: headers, a token, a user, and the {@code ext} of messages. */
public final class CredentialOptions {

    /** The variable of the environment that may hold a bearer token. */
    static final String TOKEN = "BAYEUX_TOKEN";

    @Option(names = {"-H",
            "--header"}, paramLabel = "'NAME: VALUE'", description = "Send this header with each request. The option can be repeated. @FILE reads headers from a file, "
                    + "one a line, which keeps them out of the list of processes and the shell's history.")
    private List<String> headers = new ArrayList<>();

    @Option(names = {"-u",
            "--user"}, paramLabel = "USER[:PASSWORD]", description = "Send \"Authorization: Basic ...\". Without a password the command asks for it. "
                    + "The address may contain both instead: http://USER:PASSWORD@HOST/")
    private @Nullable String user;

    @Option(names = "--bearer-file", paramLabel = "FILE", description = "Send \"Authorization: Bearer ...\" with the token in this file, or - for the standard input. "
            + "The file is read again when the server refuses the token, so that another program can renew it. "
            + "Without this option the command sends the token in the variable " + TOKEN + ", if it is set.")
    private @Nullable String bearerFile;

    @Option(names = "--ext", paramLabel = "[WHERE=]JSON", description = "Add the members of this JSON object to the \"ext\" of messages. @FILE reads the object from a file. "
            + "WHERE: handshake (the default), connect, subscribe, publish, several with commas, or all. "
            + "Servers with a login often read it in the handshake. Faye also reads it in subscribe and publish, "
            + "and passes that of a publish on to subscribers.")
    private List<String> ext = new ArrayList<>();

    /**
     * Applies these options.
     *
     * @param builder the builder of the client
     * @param console the console of the process
     * @param url the address, which may name a user
     */
    void apply(ClientBuilder builder, Console console, URI url) {
        if (user != null && bearerFile != null) {
            throw new IllegalArgumentException("Give either --user or --bearer-file: a request carries one of them.");
        }
        Secrets.headers(headers, console.streams()).forEach(builder::header);
        new MessageExt(ext, console.streams()).apply(builder);
        String token = console.environment().getOrDefault(TOKEN, "").strip();
        if (user != null) {
            login(builder, user, console);
        } else if (bearerFile != null) {
            builder.credentials(new TokenFile(bearerFile, console.streams()));
        } else if (url.getRawUserInfo() != null) {
            login(builder, decoded(url.getRawUserInfo()), console);
        } else if (!token.isEmpty()) {
            builder.credentials(refused -> Credentials.bearer(token));
        }
    }

    /** {@return whether one of these options reads the standard input, which nothing else can read then} */
    boolean readsStandardInput() {
        return InputFile.STDIN.equals(bearerFile) || headers.contains("@" + InputFile.STDIN)
                || ext.stream().anyMatch(each -> each.endsWith("@" + InputFile.STDIN));
    }

    /** {@return whether the command can read other credentials after the server has refused these} */
    boolean canChange() {
        return bearerFile != null && TokenFile.isLasting(bearerFile);
    }

    private static void login(ClientBuilder builder, String text, Console console) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String password = colon < 0 ? asked(name, console) : text.substring(colon + 1);
        builder.credentials(refused -> Credentials.basic(name, password));
    }

    private static String asked(String name, Console console) {
        java.io.Console terminal = console.streams().inputIsTerminal() ? System.console() : null;
        char[] typed = terminal == null ? null : terminal.readPassword("Password of %s: ", name);
        if (typed == null) {
            throw new IllegalArgumentException("The password of %s is missing: give --user %s:PASSWORD.".formatted(name,
                    name));
        }
        return new String(typed);
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
