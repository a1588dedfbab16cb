package dev.bayeux.api.http;

import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells proxies who we are, with the scheme Basic (RFC 7617). Safe for use by several threads.
 *
 * <p>The login goes to the proxy without being asked for, and to nobody else: never to the Bayeux server. It is never
 * logged. A proxy is talked to without encryption, so whoever sees the way to it can read the login.
 */
@FunctionalInterface
public interface ProxyLogin {

    /**
     * Asked for each request that goes through a proxy, or each connection, on a thread of the protocol: it should answer
     * at once.
     *
     * @param proxy the proxy's host and port, perhaps unresolved
     * @return user and password; {@code null} if this proxy wants none
     */
    @Nullable
    PasswordAuthentication login(InetSocketAddress proxy);

    /**
     * The same for every proxy.
     *
     * @param user the user's name, without a colon
     * @param password the password
     * @return a login that equals another one with the same user and password
     * @throws IllegalArgumentException if the name has a colon, which Basic cannot carry
     */
    static ProxyLogin of(String user, String password) {
        Objects.requireNonNull(password, "password");
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("The name of a proxy's user cannot have a colon.");
        }
        return new FixedProxy.Login(user, password);
    }
}
