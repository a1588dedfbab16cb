package dev.bayeux.tests.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
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
 * A self-signed certificate. The {@code keytool} of the JDK that runs the test makes it at its first use. It can be written
 * to files, for programs that read their certificates from files.
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
     * Returns the certificate for a host, or for a client.
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
     * Makes a TLS context that presents this certificate.
     *
     * @param trusted the certificates that the other side may present; if there are none, it need not present one,
     *            and is not trusted if it does
     * @return a context for a server, or for a client with a certificate
     */
    public SSLContext context(TestCertificate... trusted) {
        return context(this, trusted);
    }

    /**
     * Makes a TLS context that presents no certificate.
     *
     * @param trusted the certificates that a server may present
     * @return a context for a client
     */
    public static SSLContext trusting(TestCertificate... trusted) {
        return context(null, trusted);
    }

    /**
     * Writes this certificate as PEM.
     *
     * @param file which is overwritten
     * @return the same
     * @throws UncheckedIOException if the file cannot be written
     */
    public Path writeCertificate(Path file) {
        return write(file, () -> pem(file, "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()));
    }

    /**
     * Writes the private key of this certificate as PEM in PKCS#8, not encrypted.
     *
     * @param file which is overwritten
     * @return the same
     * @throws UncheckedIOException if the file cannot be written
     */
    public Path writeKey(Path file) {
        return write(file, () -> pem(file, "PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
    }

    /**
     * Writes this certificate and its private key as a keystore in PKCS#12.
     *
     * @param file which is overwritten
     * @param password of the keystore and of the key
     * @return the same file
     * @throws UncheckedIOException if the file cannot be written
     */
    public Path writeKeystore(Path file, String password) {
        return write(file, () -> {
            KeyStore copy = KeyStore.getInstance("PKCS12");
            copy.load(null, null);
            copy.setKeyEntry(ALIAS, keys.getKey(ALIAS, PASSWORD.toCharArray()), password.toCharArray(),
                    new Certificate[]{keys.getCertificate(ALIAS)});
            try (OutputStream out = Files.newOutputStream(file)) {
                copy.store(out, password.toCharArray());
            }
        });
    }

    /** Writes a file. */
    @FunctionalInterface
    private interface Writing {

        void run() throws IOException, GeneralSecurityException;
    }

    private static Path write(Path file, Writing writing) {
        try {
            writing.run();
            return file;
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot write %s.".formatted(file), failed);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("The JVM has no usable TLS.", unusable);
        }
    }

    private static void pem(Path file, String kind, byte[] bytes) throws IOException {
        Files.writeString(file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(kind,
                Base64.getMimeEncoder().encodeToString(bytes), kind));
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
