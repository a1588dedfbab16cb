package dev.bayeux.cli.options;

import dev.bayeux.cli.console.BadInputException;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import picocli.CommandLine.Option;

/** How the data is written that a command sends. */
public final class DataOptions {

    @Option(names = "--text", description = "What is given is a text, not JSON.")
    private boolean text;

    /**
     * Reads data.
     *
     * @param given JSON, or a text if that was said
     * @return the value
     * @throws BadInputException if it is no JSON and should be
     */
    public JsonValue read(String given) {
        return text ? Json.createValue(given) : JsonArgument.parse(given);
    }

    /**
     * {@return what {@link #read} wants, in a word or two}
     */
    public String kind() {
        return text ? "text" : "JSON value";
    }
}
