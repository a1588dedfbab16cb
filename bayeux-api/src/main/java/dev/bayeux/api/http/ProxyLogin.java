package dev.bayeux.api.http;

import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Supplies the login for proxies, with the scheme Basic (RFC 7617). Safe for use by several threads.
 *
 * <p>The client sends the login to the proxy unasked, and to no other host: never to the Bayeux server. It never logs
 * the login. The connection to a proxy is not encrypted, so anybody who sees its traffic can read the login.
 */
@FunctionalInterface
public interface ProxyLogin {

    /**
     * Supplies the login for one proxy. Called for each request or connection through a proxy, on a thread of the
     * protocol: must return at once.
     *
     * @param proxy the proxy's host and port, perhaps unresolved
     * @return user and password; {@code null} if this proxy needs none
     */
    @Nullable
    PasswordAuthentication login(InetSocketAddress proxy);

    /**
     * Makes a login for every proxy.
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
