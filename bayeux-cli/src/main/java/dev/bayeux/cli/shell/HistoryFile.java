package dev.bayeux.cli.shell;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file in which the shell keeps typed lines. On POSIX systems only its owner can read a file that this class
 * creates.
 */
public final class HistoryFile {

    private HistoryFile() {
    }

    /**
     * {@return the usual path: below {@code XDG_STATE_HOME}, or below {@code .local/state} in the user's home}
     *
     * @param environment the environment of the process, whose {@code HOME} is the user's home
     * @param home the user's home if the environment has no {@code HOME}
     */
    public static Path usual(Map<String, String> environment, String home) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        Path folder = state.isEmpty()
                ? Path.of(environment.getOrDefault("HOME", home), ".local", "state")
                : Path.of(state);
        return folder.resolve("bayeux").resolve("history");
    }

    /**
     * Creates the file if it does not exist.
     *
     * @param file the path
     * @return the file; {@code null}, for no history, if the file cannot be created
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
