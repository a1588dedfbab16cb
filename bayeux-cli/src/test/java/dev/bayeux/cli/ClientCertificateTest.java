package dev.bayeux.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.server.ScriptedServer;
import dev.bayeux.tests.server.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line reads client certificates from each kind of file, for a server that requires one. */
class ClientCertificateTest {

    private static final String PASSWORD = "only-for-this-test";

    @TempDir
    private Path folder;

    @Test
    void aCertificateIsSentFromEachKindOfFile() throws Exception {
        TestCertificate own = TestCertificate.named("client");
        Path certificate = own.writeCertificate(folder.resolve("client.pem"));
        Path key = own.writeKey(folder.resolve("client.key"));
        Path keystore = own.writeKeystore(folder.resolve("client.p12"), PASSWORD);
        Path both = Files.writeString(folder.resolve("both.pem"), Files.readString(certificate)
                + Files.readString(key));
        Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");

        try (ScriptedServer server = ScriptedServer.startAskingClients(own.context(own));
                ScriptedBayeux bayeux = ScriptedBayeux.over(server)) {
            String url = bayeux.uri().toString();
            assertEquals(0, pub(url, "--cert", certificate, "--key", key).code());
            assertEquals(0, pub(url, "-E", both).code());
            assertEquals(0, pub(url, "-E", keystore, "--cert-password-file", password).code());
            assertEquals(0, pub(url, "-E", keystore + ":" + PASSWORD).code());

            Result wrong = pub(url, "-E", keystore + ":not-it");
            assertEquals(8, wrong.code(), wrong.errors());
            assertTrue(wrong.errors().contains("%s cannot be opened; is its password right?".formatted(keystore)),
                    wrong.errors());
            assertFalse(wrong.errors().contains("not-it"), wrong.errors());
            Result without = pub(url, "-E", keystore);
            assertEquals(8, without.code(), without.errors());
            assertTrue(without.errors().contains("cannot be opened without its password: give --cert FILE:PASSWORD"),
                    without.errors());
            Result nothing = pub(url);
            assertEquals(3, nothing.code(), nothing.errors());
            assertTrue(nothing.errors().contains("-E FILE[:PASSWORD] sends a client certificate"), nothing.errors());
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsRefusedBeforeAnythingIsSent() throws Exception {
        Path certificate = TestCertificate.named("client").writeCertificate(folder.resolve("client.pem"));
        Path key = TestCertificate.named("other").writeKey(folder.resolve("other.key"));

        Result refused = pub("https://localhost:1/", "-E", certificate, "--key", key);

        assertEquals(8, refused.code());
        assertEquals("bayeux: The key in %s is not that of the certificate in %s.".formatted(key, certificate),
                refused.errors().lines().filter(line -> line.startsWith("bayeux:")).findFirst().orElse(""));
    }

    @Test
    void aMissingFileIsNamed() throws Exception {
        Result refused = pub("https://localhost:1/", "-E", folder.resolve("none.pem"));

        assertEquals(8, refused.code());
        assertTrue(refused.errors().contains("none.pem cannot be read: it does not exist."), refused.errors());
    }

    private record Result(int code, String errors) {}

    private static Result pub(String url, Object... options) throws Exception {
        List<String> words = Stream.of(Stream.of("pub", "-k"), Stream.of(options).map(Object::toString),
                Stream.of(url, "/a", "1")).flatMap(each -> each).toList();
        try (Cli cli = Cli.start(words.toArray(String[]::new))) {
            return new Result(cli.exitCode(), cli.errors());
        }
    }
}
