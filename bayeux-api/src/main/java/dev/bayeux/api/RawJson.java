package dev.bayeux.api;

import java.util.Objects;

/**
 * Holds JSON text as data to publish: the client sends it as it is, without parsing it into values. For programs that
 * pass on text from elsewhere.
 *
 * {@snippet class="dev.bayeux.tests.docs.ApiSnippets" region="raw"}
 *
 * <p>The client checks the text against the grammar of JSON (RFC 8259) when it is published, in one pass and without
 * building values. Text that is not exactly one JSON value is rejected with
 * {@link dev.bayeux.api.error.PayloadException}, and nothing is sent: bad text would make the server reject the whole
 * request, other messages included. Unpaired surrogates are escaped. Nothing else is changed, white space included.
 *
 * <p>Immutable. The text form is the text.
 */
public final class RawJson {

    private final String text;

    private RawJson(String text) {
        this.text = Objects.requireNonNull(text, "text");
    }

    /**
     * Wraps a text, which is not looked at before it is published.
     *
     * @param text one JSON value of any kind
     * @return data to publish
     */
    public static RawJson of(String text) {
        return new RawJson(text);
    }

    /** {@return the text} */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawJson raw && raw.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
