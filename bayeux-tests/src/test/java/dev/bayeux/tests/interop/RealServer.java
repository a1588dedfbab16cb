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
}
