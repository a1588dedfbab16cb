package dev.bayeux.transport.jdk;

import dev.bayeux.api.error.ConfigurationException;

/** Checks the values of headers. The JDK's client writes them as ASCII, and a question mark for each other character. */
final class HeaderText {

    private HeaderText() {
    }

    /**
     * Returns a value that the JDK's client sends unchanged.
     *
     * @param name the header; {@code Cookie} is not checked, since a server chose its value and would fail each request
     * @param value the value
     * @return the value
     * @throws ConfigurationException if the client would change the value; the text does not show it
     */
    static String checked(String name, String value) {
        if (!name.equalsIgnoreCase("Cookie")) {
            for (int n = 0; n < value.length(); n++) {
                if (value.charAt(n) > '~') {
                    throw new ConfigurationException(
                            "The value of the header %s has a character outside ASCII, and the HTTP client of the JDK would send a question mark in its place. Encode the value, or use a transport over Jetty. Nothing was sent."
                                    .formatted(name));
                }
            }
        }
        return value;
    }
}
