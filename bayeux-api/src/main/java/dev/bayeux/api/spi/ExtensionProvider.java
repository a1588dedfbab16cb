package dev.bayeux.api.spi;

/**
 * Names an extension and makes it. Found with {@link java.util.ServiceLoader} and used by clients that ask for it by
 * {@linkplain dev.bayeux.api.ClientBuilder#extensions(String...) its name}: one that is merely found does nothing.
 */
public interface ExtensionProvider {

    /**
     * {@return the name by which a program asks for this extension, such as {@code "timesync"}; the same at each call,
     * and no other provider's}
     */
    String name();

    /**
     * Makes an extension.
     *
     * @return one that no other client has
     */
    Extension create();
}
