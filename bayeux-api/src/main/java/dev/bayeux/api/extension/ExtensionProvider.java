package dev.bayeux.api.extension;

/**
 * Names an extension and makes it. {@link java.util.ServiceLoader} finds providers. A client uses one only if the
 * program names it: {@linkplain dev.bayeux.api.ClientBuilder#addExtension(String)}.
 */
public interface ExtensionProvider {

    /**
     * {@return the name by which a program chooses this extension, such as {@code "timesync"}; the same at each call,
     * and different from other providers'}
     */
    String name();

    /**
     * Makes an extension.
     *
     * @return an instance that no other client has
     */
    Extension create();
}
