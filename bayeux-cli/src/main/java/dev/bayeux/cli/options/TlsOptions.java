package dev.bayeux.cli.options;

import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.cli.console.BadInputException;
import dev.bayeux.cli.console.Console;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for TLS: the trusted authorities and the client certificate. */
public final class TlsOptions {

    private static final char[] NO_PASSWORD = new char[0];

    @Option(names = "--cacert", paramLabel = "FILE", description = "Trust the certificates in this PEM file instead of those that Java trusts.")
    private @Nullable String authorities;

    @Option(names = {"-E",
            "--cert"}, paramLabel = "FILE[:PASSWORD]", description = "Use this client certificate: PEM, with its key or with --key, or PKCS#12 (.p12, .pfx). "
                    + "Other users of this machine may see the password in the list of processes; --cert-password-file hides it.")
    private @Nullable String certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "The private key of --cert, as PKCS#8 in PEM.")
    private @Nullable String key;

    @Option(names = "--cert-password-file", paramLabel = "FILE", description = "Read the password of a PKCS#12 file, or of an encrypted key, from the first line of this file.")
    private @Nullable String passwordFile;

    @Option(names = {"-k",
            "--insecure"}, description = "Trust any TLS certificate, for test servers. Anybody on the network path can then read and change everything, tokens included.")
    private boolean insecure;

    private boolean warned;

    /**
     * Applies these options.
     *
     * @param http the settings
     * @param console shows a note if certificates are not checked
     * @param watcher wraps the trust manager to see the certificates of servers; {@code null} for none
     * @return the settings with these options
     */
    HttpSettings apply(HttpSettings http, Console console, @Nullable UnaryOperator<X509ExtendedTrustManager> watcher) {
        if (insecure && !warned) {
            warned = true;
            console.note("--insecure: the server's certificate is not checked, so the server may be an impostor");
        }
        boolean usual = !insecure && authorities == null && certificate == null && key == null;
        if (usual && watcher == null) {
            return http;
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            X509ExtendedTrustManager trust = insecure ? new TrustAll() : trusted(console);
            context.init(identity(console), new TrustManager[]{watcher == null ? trust : watcher.apply(trust)}, null);
            return http.withTls(context);
        } catch (GeneralSecurityException | IOException wrong) {
            throw new BadInputException("The certificates cannot be used: " + wrong.getMessage());
        }
    }

    private X509ExtendedTrustManager trusted(Console console) throws GeneralSecurityException, IOException {
        KeyStore store = null;
        if (authorities != null) {
            store = emptyStore();
            int n = 0;
            for (X509Certificate each : Pem.certificates(authorities,
                    InputFile.bytes(authorities, console.streams()))) {
                store.setCertificateEntry("authority" + n++, each);
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    private KeyManager @Nullable [] identity(Console console) throws GeneralSecurityException, IOException {
        if (certificate == null) {
            if (key != null) {
                throw new IllegalArgumentException("--key needs --cert.");
            }
            return null;
        }
        LockedFile locked = LockedFile.of(certificate);
        String file = locked.name();
        char[] password = password(locked, console);
        byte[] bytes = InputFile.bytes(file, console.streams());
        KeyStore store = emptyStore();
        if (file.toLowerCase(Locale.ROOT).matches(".*\\.(p12|pfx)")) {
            try {
                store.load(new ByteArrayInputStream(bytes), password);
            } catch (IOException wrong) {
                throw new BadInputException(password.length == 0
                        ? "The file %s cannot be opened without its password: give --cert FILE:PASSWORD or --cert-password-file."
                                .formatted(file)
                        : "The file %s cannot be opened; is its password right?".formatted(file));
            }
        } else {
            List<X509Certificate> chain = Pem.certificates(file, bytes);
            PrivateKey own = key == null
                    ? Pem.key(file, bytes, password)
                    : Pem.key(key, InputFile.bytes(key, console.streams()), password);
            if (!Pem.belong(own, chain.getFirst())) {
                throw new BadInputException("The key in %s is not that of the certificate in %s."
                        .formatted(key == null ? file : key, file));
            }
            store.setKeyEntry("own", own, password, chain.toArray(X509Certificate[]::new));
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    private char[] password(LockedFile locked, Console console) {
        if (passwordFile == null) {
            return locked.password().toCharArray();
        }
        if (!locked.password().isEmpty()) {
            throw new IllegalArgumentException("Give the password either in --cert or in --cert-password-file.");
        }
        return InputFile.read(passwordFile, console.streams()).lines().findFirst().orElse("").toCharArray();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
