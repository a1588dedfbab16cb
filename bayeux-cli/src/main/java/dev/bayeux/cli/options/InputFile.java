package dev.bayeux.cli.options;

import dev.bayeux.cli.console.BadInputException;
import dev.bayeux.cli.console.Streams;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a file that the command line names, {@code -} for the standard input. */
public final class InputFile {

    /** The name of the standard input. */
    public static final String STDIN = "-";
    private static final String MARK = "\ufeff";

    private InputFile() {
    }

    /**
     * Reads a whole text file in UTF-8, without a byte order mark at its beginning.
     *
     * @param name the name of the file, or {@code -}
     * @param streams the streams of the process
     * @return the text
     * @throws BadInputException if the file cannot be read or is not UTF-8
     */
    public static String read(String name, Streams streams) {
        return text(bytes(name, streams), name.equals(STDIN) ? "The standard input" : "The file " + name);
    }

    /** Returns the bytes of a file without decoding them. */
    static byte[] bytes(String name, Streams streams) {
        try {
            if (name.equals(STDIN)) {
                InputStream in = streams.in();
                return in.readAllBytes();
            }
            return Files.readAllBytes(path(name));
        } catch (IOException failed) {
            throw new BadInputException("The file %s cannot be read: %s.".formatted(name, reason(failed)));
        }
    }

    /** Returns why a file cannot be read, without the names of classes. */
    static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> "it does not exist";
            case AccessDeniedException denied -> "access is denied";
            case MalformedInputException undecodable -> "it is not UTF-8";
            case FileSystemException known when known.getReason() != null -> known.getReason();
            default -> failure.getMessage() == null ? "the system does not say why" : failure.getMessage();
        };
    }

    /** Returns the path of a name. Reports a name that the locale cannot express as wrong input, not as a bug. */
    static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException wrong) {
            throw new BadInputException(
                    "The file name %s cannot be expressed in this locale; set LC_ALL=C.UTF-8.".formatted(name));
        }
    }

    private static String text(byte[] bytes, String what) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith(MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException malformed) {
            throw new BadInputException(what + " is not UTF-8; iconv converts it.");
        }
    }
}
