package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.http.HttpSettings.Coding;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Answers that are compressed; what comes out of them counts for the limit. */
abstract class CompressionRules extends Rules {

    private static final String REPLY = "[\"\u00e4\u00f6\u00fc %s\"]".formatted("again and ".repeat(1000));

    private Transport with(Coding... codings) {
        return bench().setup().http(HttpSettings.DEFAULT.withCodings(codings)).maxReplyBytes(100_000).open();
    }

    private void assertUndone(Transport transport, String coding, byte[] bytes) throws InterruptedException {
        bench().peer.answer(packed(coding, bytes), packed(coding, bytes).framed(Reply.Framing.CHUNKED));
        assertEquals(REPLY, bench().send(transport, any()).reply());
        assertEquals(REPLY, bench().send(transport, any()).reply());
    }

    private void assertProblem(Problem problem, Reply reply) throws InterruptedException {
        Transport transport = with(Coding.GZIP, Coding.DEFLATE);
        bench().peer.answer(reply);
        bench().send(transport, any()).assertProblem(problem);
        assertEquals("[]", bench().send(transport, any()).reply());
    }

    @Test
    @Tag("C-106")
    void theAcceptedCodingsAreSent() throws Exception {
        bench().send(with(Coding.GZIP), any()).reply();
        assertEquals("gzip", bench().request().header("Accept-Encoding"));
        bench().send(with(), any()).reply();
        assertTrue(!bench().request().header("Accept-Encoding").contains("gzip"));
    }

    @Test
    @Tag("C-107")
    void compressedBodiesAreUnpacked() throws Exception {
        Case.of("gzip", () -> assertUndone(with(Coding.GZIP), "gzip", gzip(REPLY)));
        Case.of("x-gzip", () -> assertUndone(with(Coding.GZIP), "x-gzip", gzip(REPLY)));
        Case.of("deflate", () -> assertUndone(with(Coding.DEFLATE), "deflate", deflate(REPLY, false)));
        Case.of("deflate without its frame",
                () -> assertUndone(with(Coding.DEFLATE), "deflate", deflate(REPLY, true)));
    }

    @Test
    @Tag("C-108")
    void aReplyThatExceedsTheLimitDecodedFails() throws Exception {
        assertTrue(Bomb.BYTES.length < 100_000);
        assertProblem(Problem.TOO_LARGE, packed("gzip", Bomb.BYTES));
        assertProblem(Problem.TOO_LARGE, packed("deflate", deflate(" ".repeat(100_100), false)));
    }

    @Test
    @Tag("C-108")
    void aBodyThatCannotBeUnpackedFails() throws Exception {
        byte[] broken = gzip(REPLY);
        broken[broken.length - 6] ^= 1;
        for (int cut : new int[]{5, 30, broken.length - 1}) {
            assertUnreadable("gzip, cut after %d bytes".formatted(cut), "gzip", Arrays.copyOf(gzip(REPLY), cut));
        }
        assertUnreadable("deflate, cut", "deflate", Arrays.copyOf(deflate(REPLY, false), 30));
        assertUnreadable("gzip with a wrong checksum", "gzip", broken);
        assertUnreadable("no gzip", "gzip", REPLY.getBytes(StandardCharsets.UTF_8));
        assertUnreadable("an unknown coding", "rot13", REPLY.getBytes(StandardCharsets.UTF_8));
    }

    private void assertUnreadable(String name, String coding, byte[] bytes) throws Exception {
        Case.of(name, () -> assertProblem(Problem.UNREADABLE, packed(coding, bytes)));
    }

    /** Takes time to make, so it is made once. */
    private static final class Bomb {

        static final byte[] BYTES = gzip(" ".repeat(50_000_000));
    }

    private static Reply packed(String coding, byte[] bytes) {
        return Answer.json("").header("Content-Encoding", coding).body(bytes);
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] deflate(String text, boolean bare) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, bare);
        try (OutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }
}
