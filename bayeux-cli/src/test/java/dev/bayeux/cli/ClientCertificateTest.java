package dev.bayeux.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.server.ScriptedServer;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line reads client certificates from each kind of file, for a server that requires one. */
class ClientCertificateTest {

    private static final String PASSWORD = "only-for-this-test";

    @TempDir
    private Path folder;

    @Test
    void aCertificateIsShownFromEachKindOfFile() throws Exception {
        KeyStore keys = keys("client");
        Path certificate = certificate(keys, "client.pem");
        Path key = key(keys, "client.key");
        Path both = Files.writeString(folder.resolve("both.pem"), Files.readString(certificate)
                + Files.readString(key));
        Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");

        try (ScriptedServer server = ScriptedServer.startAskingClients(context(keys));
                ScriptedBayeux bayeux = ScriptedBayeux.over(server)) {
            String url = bayeux.uri().toString();
            assertEquals(0, pub(url, "--cert", certificate, "--key", key).code());
            assertEquals(0, pub(url, "-E", both).code());
            assertEquals(0, pub(url, "-E", folder.resolve("client.p12"), "--cert-password-file", password).code());

            Result wrong = pub(url, "-E", folder.resolve("client.p12"));
            assertEquals(8, wrong.code(), wrong.errors());
            assertTrue(wrong.errors().contains("is --cert-password-file right?"), wrong.errors());
            Result nothing = pub(url);
            assertEquals(3, nothing.code(), nothing.errors());
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsRefusedBeforeAnythingIsSent() throws Exception {
        Path certificate = certificate(keys("client"), "client.pem");
        Path key = key(keys("other"), "other.key");

        Result refused = pub("https://localhost:1/", "-E", certificate, "--key", key);

        assertEquals(8, refused.code());
        assertEquals("bayeux: The key in %s is not that of the certificate in %s.".formatted(key, certificate),
                refused.errors().lines().filter(line -> line.startsWith("bayeux:")).findFirst().orElse(""));
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws Exception {
        Result refused = pub("https://localhost:1/", "-E", folder.resolve("none.pem"));

        assertEquals(8, refused.code());
        assertTrue(refused.errors().contains("none.pem cannot be read: there is none."), refused.errors());
    }

    private record Result(int code, String errors) {}

    private static Result pub(String url, Object... options) throws Exception {
        List<String> words = Stream.of(Stream.of("pub", "-k"), Stream.of(options).map(Object::toString),
                Stream.of(url, "/a", "1")).flatMap(each -> each).toList();
        try (Cli cli = Cli.start(words.toArray(String[]::new))) {
            return new Result(cli.exitCode(), cli.errors());
        }
    }

    private KeyStore keys(String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "SAN=dns:localhost",
                "-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertEquals(0, process.waitFor());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private Path certificate(KeyStore keys, String file) throws Exception {
        return pem(file, "CERTIFICATE", keys.getCertificate("own").getEncoded());
    }

    private Path key(KeyStore keys, String file) throws Exception {
        return pem(file, "PRIVATE KEY", keys.getKey("own", PASSWORD.toCharArray()).getEncoded());
    }

    private Path pem(String file, String kind, byte[] bytes) throws Exception {
        return Files.writeString(folder.resolve(file), "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind,
                Base64.getMimeEncoder().encodeToString(bytes), kind));
    }

    /** Of a server that shows this certificate and trusts it, too. */
    private static SSLContext context(KeyStore keys) throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("client", keys.getCertificate("own"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
