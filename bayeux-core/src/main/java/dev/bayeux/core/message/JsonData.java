package dev.bayeux.core.message;

/**
 * Data as it will be sent.
 *
 * @param text JSON
 * @param bytes how many the text has in UTF-8
 */
public record JsonData(String text, int bytes) {

    /**
     * Counts the bytes.
     *
     * @param text JSON
     * @return the same with its length
     */
    public static JsonData of(String text) {
        return new JsonData(text, JsonText.bytes(text));
    }
}
