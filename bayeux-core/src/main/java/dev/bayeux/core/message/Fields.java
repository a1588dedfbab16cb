package dev.bayeux.core.message;

/** The names of fields and meta channels in Bayeux 1.0. */
public final class Fields {

    public static final String CHANNEL = "channel";
    public static final String ID = "id";
    public static final String CLIENT_ID = "clientId";
    public static final String DATA = "data";
    public static final String EXT = "ext";
    public static final String ADVICE = "advice";
    public static final String SUCCESSFUL = "successful";
    public static final String ERROR = "error";
    public static final String SUBSCRIPTION = "subscription";
    public static final String VERSION = "version";
    public static final String MINIMUM_VERSION = "minimumVersion";
    public static final String CONNECTION_TYPE = "connectionType";
    public static final String SUPPORTED_CONNECTION_TYPES = "supportedConnectionTypes";
    public static final String X_MESSAGES = "x-messages";
    public static final String TIMESTAMP = "timestamp";

    public static final String RECONNECT = "reconnect";
    public static final String INTERVAL = "interval";
    public static final String TIMEOUT = "timeout";
    public static final String MAX_INTERVAL = "maxInterval";
    public static final String HOSTS = "hosts";
    public static final String MULTIPLE_CLIENTS = "multiple-clients";

    public static final String META = "/meta/";
    public static final String SERVICE = "/service/";
    public static final String HANDSHAKE = "/meta/handshake";
    public static final String CONNECT = "/meta/connect";
    public static final String SUBSCRIBE = "/meta/subscribe";
    public static final String UNSUBSCRIBE = "/meta/unsubscribe";
    public static final String DISCONNECT = "/meta/disconnect";

    public static final String BAYEUX_VERSION = "1.0";

    private Fields() {
    }
}
