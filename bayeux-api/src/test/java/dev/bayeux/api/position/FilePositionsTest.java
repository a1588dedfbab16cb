package dev.bayeux.api.position;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.PositionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePositionsTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("positions");
    }

    private static Optional<Position> after(long id) {
        return Optional.of(Position.after(id));
    }

    private Optional<Position> reopened(String channel) {
        try (PositionStore store = PositionStore.ofFile(file)) {
            return store.load(channel);
        }
    }

    @Test
    void savedPositionsAreThereAtTheNextStart() {
        String odd = "/topic/a b\\n\n'ü'";
        try (PositionStore store = PositionStore.ofFile(file)) {
            assertEquals(Optional.empty(), store.load("/a"));
            store.save("/a", Position.after(1));
            store.save(odd, Position.after(Long.MAX_VALUE));
            store.save("/a", Position.after(3));
            assertEquals(after(3), store.load("/a"));
        }
        assertEquals(after(3), reopened("/a"));
        assertEquals(after(Long.MAX_VALUE), reopened(odd));
    }

    @Test
    void aSmallerNumberIsNotAnEarlierPlace() {
        try (PositionStore store = PositionStore.ofFile(file)) {
            store.save("/a", Position.after(9));
            store.save("/a", Position.after(2));
        }
        assertEquals(after(2), reopened("/a"));
    }

    @Test
    void textIsKeptAsItIs() {
        for (String id : List.of("AAAB-x9==", "7", "a \"b\\ \n\u0000 \ud800 ü", "-", "\"")) {
            try (PositionStore store = PositionStore.ofFile(file)) {
                store.save("/a b", Position.after(id));
            }
            assertEquals(Optional.of(Position.after(id)), reopened("/a b"));
        }
        try (PositionStore store = PositionStore.ofFile(file)) {
            store.save("/n", new Position("99999999999999999999", false));
        }
        assertEquals(Optional.of(new Position("99999999999999999999", false)), reopened("/n"));
    }

    @Test
    void aFileOfTheFirstVersionIsReadAndRewritten() throws IOException {
        Files.writeString(file, "bayeux-positions 1\n" + line("4711 /a") + line("12 /b") + line("- /b"));

        assertEquals(after(4711), reopened("/a"));
        assertEquals(Optional.empty(), reopened("/b"));
        assertTrue(Files.readString(file).startsWith("bayeux-positions 2\n"));
    }

    private static String line(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return "%08x %s\n".formatted(sum.getValue(), text);
    }

    @Test
    void aSymbolicLinkIsTheFileItLeadsTo() throws IOException {
        Path link = Files.createDirectory(folder.resolve("elsewhere")).resolve("link");
        Files.createSymbolicLink(link, Path.of("../positions"));
        try (PositionStore store = PositionStore.ofFile(link)) {
            store.save("/a", Position.after(1));
            assertThrows(ConfigurationException.class, () -> PositionStore.ofFile(file));
        }
        assertTrue(Files.isSymbolicLink(link));
        assertEquals(after(1), reopened("/a"));
        try (PositionStore store = PositionStore.ofFile(file)) {
            store.save("/a", Position.after(2));
            assertThrows(ConfigurationException.class, () -> PositionStore.ofFile(link));
        }
    }

    @Test
    void linksThatFormACircleAreAnError() throws IOException {
        Files.createSymbolicLink(file, folder.resolve("other"));
        Files.createSymbolicLink(folder.resolve("other"), file);

        assertThrows(ConfigurationException.class, () -> PositionStore.ofFile(file));
    }

    @Test
    void removedPositionsAreGone() {
        try (PositionStore store = PositionStore.ofFile(file)) {
            store.save("/a", Position.after(1));
            store.save("/b", Position.after(2));
            store.remove("/a");
        }
        assertEquals(Optional.empty(), reopened("/a"));
        assertEquals(after(2), reopened("/b"));
    }

    /** The file as it can be after the death of the process: cut at any byte, the last line written in part. */
    @Test
    @Tag("C-119")
    void aFileThatIsCutAtAnyByteHasAPositionThatWasSaved() throws IOException {
        List<Long> lengths = new ArrayList<>();
        try (PositionStore store = PositionStore.ofFile(file)) {
            for (int id = 1; id <= 30; id++) {
                lengths.add(Files.size(file));
                store.save("/a", Position.after(id));
            }
        }
        byte[] whole = Files.readAllBytes(file);
        for (int cut = 0; cut <= whole.length; cut++) {
            Files.write(file, java.util.Arrays.copyOf(whole, cut));
            int at = cut;
            long saved = lengths.stream().filter(length -> length <= at).count();
            long last = at == whole.length ? 30 : Math.max(0, saved - 1);
            try (PositionStore store = PositionStore.ofFile(file)) {
                assertEquals(last == 0 ? Optional.empty() : after(last), store.load("/a"), "cut at " + cut);
                store.save("/a", Position.after(1000));
            }
            assertEquals(after(1000), reopened("/a"), "goes on after a cut at " + cut);
        }
    }

    @Test
    void aDamagedByteNeverMakesAPositionThatWasNotSaved() throws IOException {
        try (PositionStore store = PositionStore.ofFile(file)) {
            for (int id = 101; id <= 105; id++) {
                store.save("/a", Position.after(id));
            }
        }
        byte[] whole = Files.readAllBytes(file);
        for (int n = PositionLines.HEADLINE.length; n < whole.length; n++) {
            byte[] damaged = whole.clone();
            damaged[n] ^= 1;
            PositionLines.Contents contents = PositionLines.read(damaged);
            contents.positions().forEach((channel, position) -> {
                assertEquals("/a", channel);
                assertTrue(Long.parseLong(position.replayId()) > 100 && Long.parseLong(position.replayId()) <= 105,
                        position::toString);
            });
        }
    }

    @Test
    void aFailedWriteIsWrittenOver() throws IOException {
        try (PositionStore store = PositionStore.ofFile(file)) {
            store.save("/a", Position.after(1));
            // As a full disk leaves it.
            Files.writeString(file, Files.readString(file) + "0badbeef 2 /a and some more that is longer than a line");
            store.save("/a", Position.after(3));
        }
        assertEquals(after(3), reopened("/a"));
    }

    @Test
    void theFileStaysSmall() throws IOException {
        long largest = 0;
        try (PositionStore store = PositionStore.ofFile(file)) {
            store.save("/other", Position.after(7));
            for (int id = 0; id < 20_000; id++) {
                store.save("/event/Order__e", Position.after(id));
                largest = id % 100 == 0 ? Math.max(largest, Files.size(file)) : largest;
            }
        }
        assertTrue(largest <= 66_000, "bytes: " + largest);
        assertEquals(after(19_999), reopened("/event/Order__e"));
        assertEquals(after(7), reopened("/other"));
    }

    @Test
    void anInterruptDoesNotCloseTheFile() {
        try (PositionStore store = PositionStore.ofFile(file)) {
            Thread.currentThread().interrupt();
            for (int id = 0; id < 5_000; id++) {
                store.save("/a", Position.after(id));
            }
            assertTrue(Thread.interrupted());
            store.save("/a", Position.after(5_000));
        }
        assertEquals(after(5_000), reopened("/a"));
    }

    @Test
    void aSecondStoreOnTheSameFileIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        try (PositionStore store = PositionStore.ofFile(file)) {
            for (Path same : List.of(file, link.resolve("positions"))) {
                ConfigurationException refused = assertThrows(ConfigurationException.class,
                        () -> PositionStore.ofFile(same));
                assertTrue(refused.getMessage().contains("in use in this program already"), refused.getMessage());
            }
            store.save("/a", Position.after(1));
        }
        assertEquals(after(1), reopened("/a"));
    }

    @Test
    void aFileWithTwoNamesIsRefusedUnderEach() throws IOException {
        try (PositionStore store = PositionStore.ofFile(file)) {
            store.save("/a", Position.after(1));
        }
        byte[] before = Files.readAllBytes(file);
        Path other = Files.createLink(Files.createDirectory(folder.resolve("elsewhere")).resolve("other"), file);
        for (Path name : List.of(file, other)) {
            ConfigurationException refused = assertThrows(ConfigurationException.class,
                    () -> PositionStore.ofFile(name));
            assertTrue(refused.getMessage().contains("has 2 names (hard links)"), refused.getMessage());
        }
        assertArrayEquals(before, Files.readAllBytes(other));
        Files.delete(other);
        assertEquals(after(1), reopened("/a"));
    }

    @Test
    void anotherKindOfFileIsLeftAsItIs() throws IOException {
        byte[] other = "important\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Files.write(file, other);
        assertThrows(ConfigurationException.class, () -> PositionStore.ofFile(file));
        assertThrows(ConfigurationException.class, () -> PositionStore.ofFile(file), "and the lock is free again");
        assertArrayEquals(other, Files.readAllBytes(file));
    }

    @Test
    void aFolderThatIsMissingIsNamed() {
        ConfigurationException failed = assertThrows(ConfigurationException.class,
                () -> PositionStore.ofFile(folder.resolve("missing/positions")));
        assertTrue(failed.getMessage().contains("missing"), failed.getMessage());
    }

    @Test
    void aClosedStoreSavesNothing() {
        PositionStore store = PositionStore.ofFile(file);
        store.close();
        store.close();
        PositionException failed = assertThrows(PositionException.class, () -> store.save("/a", Position.after(1)));
        assertEquals("/a", failed.channel());
        assertEquals(Optional.empty(), reopened("/a"));
    }
}
