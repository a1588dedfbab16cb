package dev.bayeux.cli.options;

import dev.bayeux.cli.console.BadInputException;
import dev.bayeux.cli.console.Streams;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the data that a command sends. */
public final class DataOptions {

    @Option(names = "--text", description = "Send the message as a text, not as JSON.")
    private boolean text;

    @Option(names = "--file", paramLabel = "FILE", description = "Send this file, or - for the standard input, as one message. "
            + "@FILE and - in place of JSON mean the same. With --text, a text may begin with @.")
    private @Nullable String file;

    /**
     * Reads one message that the command line gives.
     *
     * @param word JSON or {@code @FILE}, a text if the user gave {@code --text}, or {@code -}; {@code null} if it is
     *             missing
     * @param streams the streams of the process
     * @return the value; {@code null} if the command line gives none
     * @throws BadInputException if the message must be JSON and is not, or a file cannot be read
     */
    public @Nullable JsonValue one(@Nullable String word, Streams streams) {
        String from = file;
        if (from != null && word != null) {
            throw new IllegalArgumentException("Give either --file or the message itself.");
        }
        if (from == null && word != null) {
            if (word.equals(InputFile.STDIN)) {
                from = word;
            } else if (word.startsWith("@") && !text) {
                from = word.substring(1);
            }
        }
        if (from != null) {
            return whole(InputFile.read(from, streams));
        }
        return word == null ? null : read(word);
    }

    /**
     * Reads the whole standard input as one message.
     *
     * @param streams the streams of the process
     * @return the value; {@code null} if the input is blank
     */
    public @Nullable JsonValue standardInput(Streams streams) {
        String all = InputFile.read(InputFile.STDIN, streams);
        return all.isBlank() ? null : whole(all);
    }

    /** Reads a whole input. With {@code --text}, its last line end is not part of the message. */
    private JsonValue whole(String content) {
        return read(text ? content.replaceFirst("\r?\n$", "") : content);
    }

    /**
     * Reads a value.
     *
     * @param given JSON, or a text if the user gave {@code --text}
     * @return the value
     * @throws BadInputException if the value must be JSON and is not
     */
    public JsonValue read(String given) {
        return text ? Json.createValue(given) : JsonArgument.parse(given);
    }

    /**
     * {@return the kind of value that {@link #read} accepts, for a prompt}
     */
    public String kind() {
        return text ? "text" : "JSON value";
    }
}
