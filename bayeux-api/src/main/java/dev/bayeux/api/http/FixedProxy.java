package dev.bayeux.api.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;

/** Selects one proxy for every address. Equal to another one with the same host and port, so that clients share connections. */
final class FixedProxy extends ProxySelector {

    private final List<Proxy> proxy;

    FixedProxy(InetSocketAddress place) {
        proxy = List.of(new Proxy(Proxy.Type.HTTP, place));
    }

    @Override
    public List<Proxy> select(URI uri) {
        return proxy;
    }

    @Override
    public void connectFailed(URI uri, SocketAddress place, IOException failure) {
        // There is no other proxy to select.
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FixedProxy fixed && proxy.equals(fixed.proxy);
    }

    @Override
    public int hashCode() {
        return proxy.hashCode();
    }

    /**
     * One user for every proxy.
     *
     * @param user the name
     * @param password the password
     */
    record Login(String user, String password) implements ProxyLogin {

        @Override
        public PasswordAuthentication login(InetSocketAddress proxy) {
            return new PasswordAuthentication(user, password.toCharArray());
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "ProxyLogin[***]";
        }
    }
}
