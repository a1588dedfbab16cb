package dev.bayeux.cli.shell;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the shell keeps what was typed: in a file that only its owner can read. */
public final class HistoryFile {

    private HistoryFile() {
    }

    /**
     * {@return the usual place: below {@code XDG_STATE_HOME}, or below {@code .local/state} in the user's home}
     *
     * @param environment of the process, whose {@code HOME} is the user's home
     * @param home the user's, if the environment does not say
     */
    public static Path usual(Map<String, String> environment, String home) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        Path folder = state.isEmpty()
                ? Path.of(environment.getOrDefault("HOME", home), ".local", "state")
                : Path.of(state);
        return folder.resolve("bayeux").resolve("history");
    }

    /**
     * Makes the file, if it is not there.
     *
     * @param file where
     * @return the file; {@code null} if it cannot be made: there is no history then
     */
    public static @Nullable Path prepare(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            try {
                Files.createFile(file, PosixFilePermissions
                        .asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } catch (UnsupportedOperationException notPosix) {
                Files.createFile(file);
            }
            return file;
        } catch (FileAlreadyExistsException there) {
            return file;
        } catch (IOException failed) {
            return null;
        }
    }
}
