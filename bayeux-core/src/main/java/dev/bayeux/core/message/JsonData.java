package dev.bayeux.core.message;

/**
 * Data as it will be sent. The text has no lone surrogates, since UTF-8 cannot encode them.
 *
 * @param text JSON
 * @param bytes length of the text in UTF-8
 */
public record JsonData(String text, int bytes) {

    /**
     * Escapes lone surrogates, and counts the bytes.
     *
     * @param text JSON
     * @return the same data with its length
     */
    public static JsonData of(String text) {
        String wellFormed = JsonText.wellFormed(text);
        return new JsonData(wellFormed, JsonText.bytes(wellFormed));
    }
}
