package dev.bayeux.oauth;

import java.net.URI;
import java.util.Locale;

/** Which addresses may carry secrets. */
final class Addresses {

    private Addresses() {
    }

    /** Refuses an address that is not absolute, or to which a secret would go unencrypted. */
    static void requireSafe(URI address, boolean plainHttp) {
        if (address.getHost() == null || address.getRawUserInfo() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException("The token endpoint " + shown(address)
                    + " must be an absolute address with a host, without a login and without a fragment.");
        }
        if (!isSafe(address, plainHttp)) {
            throw new IllegalArgumentException("The token endpoint " + shown(address)
                    + " must begin with https://, since requests carry secrets. allowPlainHttp() allows http.");
        }
    }

    static boolean isSafe(URI address, boolean plainHttp) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        return scheme.equals("https") || scheme.equals("http") && (plainHttp || isLoopback(address.getHost()));
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }

    /** Leaves out what may be a secret: a login and the query. */
    static String shown(URI address) {
        if (address.getHost() == null) {
            return "(no host)";
        }
        return address.getScheme() + "://" + address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort())
                + (address.getRawPath() == null ? "" : address.getRawPath());
    }
}
