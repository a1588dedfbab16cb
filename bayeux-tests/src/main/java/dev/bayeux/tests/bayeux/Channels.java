package dev.bayeux.tests.bayeux;

/** Which subscription receives what (Bayeux 1.0, "Channel globbing"). */
final class Channels {

    static final String HANDSHAKE = "/meta/handshake";
    static final String CONNECT = "/meta/connect";
    static final String SUBSCRIBE = "/meta/subscribe";
    static final String UNSUBSCRIBE = "/meta/unsubscribe";
    static final String DISCONNECT = "/meta/disconnect";

    private Channels() {
    }

    /** Whether a subscription is for a channel, or for the same pattern. */
    static boolean covers(String subscription, String channel) {
        return subscription.equals(channel) || matches(subscription, channel);
    }

    static boolean matches(String subscription, String channel) {
        if (subscription.endsWith("/**")) {
            String parent = subscription.substring(0, subscription.length() - 2);
            return channel.startsWith(parent) && channel.length() > parent.length();
        }
        if (subscription.endsWith("/*")) {
            String parent = subscription.substring(0, subscription.length() - 1);
            return channel.lastIndexOf('/') == parent.length() - 1 && channel.startsWith(parent)
                    && channel.length() > parent.length();
        }
        return subscription.equals(channel);
    }
}
