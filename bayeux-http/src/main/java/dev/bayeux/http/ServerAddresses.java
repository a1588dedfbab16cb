package dev.bayeux.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Lists the addresses of a host's name, for texts, as far as the JVM knows them. */
final class ServerAddresses {

    private static final int MOST = 4;

    private ServerAddresses() {
    }

    /** {@return the addresses, in parentheses after a blank; empty if the host is an address itself} */
    static String of(URI uri) {
        try {
            // The JVM has just looked the name up, so this does not wait.
            InetAddress[] all = InetAddress.getAllByName(uri.getHost());
            List<String> texts = new ArrayList<>();
            for (InetAddress address : all) {
                String text = address.getHostAddress();
                if (uri.getHost().contains(text)) {
                    return "";
                }
                if (texts.size() < MOST) {
                    texts.add(text);
                }
            }
            return " (%s%s)".formatted(String.join(", ", texts), all.length > MOST ? ", ..." : "");
        } catch (UnknownHostException gone) {
            return "";
        }
    }
}
