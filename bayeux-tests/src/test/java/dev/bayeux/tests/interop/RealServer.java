package dev.bayeux.tests.interop;

import dev.bayeux.api.http.HttpSettings;
import java.net.URI;

/** What all real servers of these tests can be asked for. */
interface RealServer {

    URI uri();

    /** How clients are set for it. */
    default HttpSettings http() {
        return HttpSettings.DEFAULT;
    }

    void publish(String channel, String json);

    /** Subscriptions to channels below this one are refused. */
    void deny(String channel);

    void expireAllSessions();

    void restart();

    int sessionCount();

    static RealServer of(CometdTestServer server) {
        return new RealServer() {

            @Override
            public URI uri() {
                return server.uri();
            }

            @Override
            public HttpSettings http() {
                return server.clientSettings();
            }

            @Override
            public void publish(String channel, String json) {
                server.publish(channel, json);
            }

            @Override
            public void deny(String channel) {
                server.denySubscribe(channel);
            }

            @Override
            public void expireAllSessions() {
                server.expireAllSessions();
            }

            @Override
            public void restart() {
                server.restart();
            }

            @Override
            public int sessionCount() {
                return server.sessionCount();
            }
        };
    }

    static RealServer of(FayeTestServer server) {
        return new RealServer() {

            @Override
            public URI uri() {
                return server.uri();
            }

            @Override
            public void publish(String channel, String json) {
                server.publish(channel, json);
            }

            @Override
            public void deny(String channel) {
                server.denySubscribe(channel + "/");
            }

            @Override
            public void expireAllSessions() {
                server.expireAllSessions();
            }

            @Override
            public void restart() {
                server.restart();
            }

            @Override
            public int sessionCount() {
                return server.sessionCount();
            }
        };
    }
}
