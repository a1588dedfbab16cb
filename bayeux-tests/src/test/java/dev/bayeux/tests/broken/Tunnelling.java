package dev.bayeux.tests.broken;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.http.HttpCall;
import dev.bayeux.http.HttpReply;
import dev.bayeux.http.ProxyRoute;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Make mistakes with proxies that matter for tunnels, or where the proxy is down. */
final class Tunnelling {

    private Tunnelling() {
    }

    /** Adds the login to each request that goes to a proxy, and so to those that go through a tunnel. */
    static final class LoginInside extends SocketExchanger {

        private final TransportContext context;

        LoginInside(TransportContext context) {
            super(context);
            this.context = context;
        }

        @Override
        public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
            String login = ProxyRoute.to(call.uri(), context.http()).authorization().orElse(null);
            if (login == null || !call.uri().getScheme().equals("https")) {
                return super.exchange(call);
            }
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(call.headers());
            headers.put("Proxy-Authorization", List.of(login));
            return super.exchange(
                    new HttpCall(call.method(), call.uri(), headers, call.body(), call.limit(), call.reply()));
        }
    }

    static final class WithoutLogin extends SocketExchanger {

        WithoutLogin(TransportContext context) {
            super(context);
        }

        @Override
        protected @Nullable String tunnelLogin(ProxyRoute route) {
            return null;
        }
    }

    /** Takes a login that is refused for a connection that is lost. */
    static final class RefusalIsLoss extends SocketExchanger {

        RefusalIsLoss(TransportContext context) {
            super(context);
        }

        @Override
        protected TransportException tunnelLoginRefused(ProxyRoute route) throws IOException {
            throw new IOException("Unexpected response to CONNECT.");
        }
    }

    /** Does not tell a proxy that is down from a server that is. */
    static final class Unchecked extends SocketExchanger {

        Unchecked(TransportContext context) {
            super(context);
        }

        @Override
        protected void checkProxy(ProxyRoute route, IOException failed) {
            // As one that was written before there was such a thing.
        }
    }
}
