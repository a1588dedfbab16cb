package dev.bayeux.tests.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that nobody has signed, made when it is first asked for by the {@code keytool} of the JDK that runs the
 * test.
 *
 * {@snippet class="dev.bayeux.tests.docs.KitSnippets" region="testCertificate"}
 */
public final class TestCertificate {

    private static final String PASSWORD = "only-for-this-test";
    private static final String ALIAS = "test";
    private static final Map<String, TestCertificate> MADE = new ConcurrentHashMap<>();

    private final KeyStore keys;

    private TestCertificate(KeyStore keys) {
        this.keys = keys;
    }

    /**
     * {@return a certificate for {@code localhost}, {@code 127.0.0.1} and {@code ::1}}
     */
    public static TestCertificate localhost() {
        return of("dns:localhost,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1");
    }

    /**
     * A certificate for a host, or for a client.
     *
     * @param name the host's name, or any other
     * @return the same each time
     */
    public static TestCertificate named(String name) {
        return of("dns:" + name);
    }

    private static TestCertificate of(String names) {
        return MADE.computeIfAbsent(names, TestCertificate::make);
    }

    /**
     * Shows this certificate to the other side.
     *
     * @param trusted those that the other side may show; none: it need not show any, and is not trusted if it does
     * @return for a server, or for a client that proves who it is
     */
    public SSLContext context(TestCertificate... trusted) {
        return context(this, trusted);
    }

    /**
     * Shows nothing.
     *
     * @param trusted those that a server may show
     * @return for a client
     */
    public static SSLContext trusting(TestCertificate... trusted) {
        return context(null, trusted);
    }

    private static SSLContext context(@Nullable TestCertificate shown, TestCertificate... trusted) {
        try {
            KeyManager[] keyManagers = null;
            if (shown != null) {
                var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(shown.keys, PASSWORD.toCharArray());
                keyManagers = factory.getKeyManagers();
            }
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            for (int i = 0; i < trusted.length; i++) {
                trust.setCertificateEntry(ALIAS + i, trusted[i].keys.getCertificate(ALIAS));
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trust);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalStateException("The JVM has no usable TLS.", unusable);
        }
    }

    private static TestCertificate make(String names) {
        try {
            Path folder = Files.createTempDirectory("test-certificate");
            Path file = folder.resolve("keys.p12");
            try {
                keytool(file, names);
                KeyStore keys = KeyStore.getInstance("PKCS12");
                try (InputStream in = Files.newInputStream(file)) {
                    keys.load(in, PASSWORD.toCharArray());
                }
                return new TestCertificate(keys);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("The JVM has no usable TLS.", unusable);
        }
    }

    private static void keytool(Path file, String names) throws IOException {
        Process process = new ProcessBuilder(
                List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
                        ALIAS, "-keyalg", "EC", "-dname", "CN=test", "-ext", "SAN=" + names, "-keystore",
                        file.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD))
                .redirectErrorStream(true).start();
        try {
            // What it says fits into the pipe, so that it need not be read before.
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                throw new IOException("keytool has not ended within a minute.");
            }
            if (process.exitValue() != 0) {
                throw new IOException(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        } finally {
            process.destroyForcibly();
        }
    }
}
