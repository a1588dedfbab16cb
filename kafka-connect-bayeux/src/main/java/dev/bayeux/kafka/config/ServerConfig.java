package dev.bayeux.kafka.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** The settings that source and sink share: the server, the network and authentication. */
public abstract class ServerConfig extends AbstractConfig {

    /** The addresses of the server. */
    public static final String URL = "bayeux.url";
    /** The name of the server in source partitions. */
    public static final String SERVER_ID = "bayeux.server.id";
    /** Connection types in order of preference. */
    public static final String TRANSPORT = "bayeux.transport";
    /** HTTP headers. */
    public static final String HEADERS = "bayeux.headers";
    /** Fields of the handshake's {@code ext}. */
    public static final String HANDSHAKE_EXT = "bayeux.handshake.ext";
    /** The limit for a reply, in milliseconds. */
    public static final String REPLY_TIMEOUT = "bayeux.reply.timeout.ms";
    /** The first wait after a failure, in milliseconds. */
    public static final String BACKOFF = "bayeux.retry.backoff.ms";
    /** The longest wait after a failure, in milliseconds. */
    public static final String BACKOFF_MAX = "bayeux.retry.backoff.max.ms";
    /** Whether the validation connects to the server. */
    public static final String VALIDATE_CONNECTION = "bayeux.validate.connection";
    /** How to authenticate. */
    public static final String AUTH = "bayeux.auth";
    /** The reaction of a task when the server refuses fresh credentials. */
    public static final String ON_REFUSED = "bayeux.auth.on.refused";
    /** The user, for {@link #BASIC}. */
    public static final String AUTH_USER = "bayeux.auth.user";
    /** The password, for {@link #BASIC}. */
    public static final String AUTH_PASSWORD = "bayeux.auth.password";
    /** The token, for {@link #BEARER}. */
    public static final String AUTH_TOKEN = "bayeux.auth.token";
    /** The file with the token, for {@link #BEARER_FILE}. */
    public static final String AUTH_TOKEN_FILE = "bayeux.auth.token.file";
    /** The address of the token endpoint, for {@link #OAUTH}. */
    public static final String OAUTH_URL = "bayeux.auth.oauth2.token.url";
    /** The client's id at the token endpoint. */
    public static final String OAUTH_CLIENT = "bayeux.auth.oauth2.client.id";
    /** The client's secret at the token endpoint. */
    public static final String OAUTH_SECRET = "bayeux.auth.oauth2.client.secret";
    /** The scope of the requested token. */
    public static final String OAUTH_SCOPE = "bayeux.auth.oauth2.scope";
    /** The file with trusted certificates. */
    public static final String TRUSTSTORE = "bayeux.tls.truststore.location";
    /** The password of the truststore. */
    public static final String TRUSTSTORE_PASSWORD = "bayeux.tls.truststore.password";
    /** The format of the truststore. */
    public static final String TRUSTSTORE_TYPE = "bayeux.tls.truststore.type";
    /** The file with the client's certificate. */
    public static final String KEYSTORE = "bayeux.tls.keystore.location";
    /** The password of the keystore. */
    public static final String KEYSTORE_PASSWORD = "bayeux.tls.keystore.password";
    /** The format of the keystore. */
    public static final String KEYSTORE_TYPE = "bayeux.tls.keystore.type";
    /** The password of the key in the keystore. */
    public static final String KEY_PASSWORD = "bayeux.tls.key.password";
    /** The proxy's host. */
    public static final String PROXY_HOST = "bayeux.proxy.host";
    /** The proxy's port. */
    public static final String PROXY_PORT = "bayeux.proxy.port";
    /** The user at the proxy. */
    public static final String PROXY_USER = "bayeux.proxy.user";
    /** The password at the proxy. */
    public static final String PROXY_PASSWORD = "bayeux.proxy.password";

    /** The reaction that fails the task. */
    public static final String FAIL = "fail";
    /** The reaction that retries the attempt or the publish. */
    public static final String RETRY = "retry";
    /** No authentication. */
    public static final String NONE = "none";
    /** User and password (RFC 7617). */
    public static final String BASIC = "basic";
    /** A token (RFC 6750). */
    public static final String BEARER = "bearer";
    /** A token in a file. */
    public static final String BEARER_FILE = "bearer-file";
    /** A token from a token endpoint (RFC 6749, section 4.4). */
    public static final String OAUTH = "oauth2-client-credentials";

    private static final int DEFAULT_PORT = 8080;
    private static final int MOST_MS = 3_600_000;

    ServerConfig(ConfigDef definition, Map<String, String> settings) {
        super(definition, settings);
    }

    static ConfigDef define() {
        ConfigDef definition = new ConfigDef();
        new Setting(definition, "Server")
                .required(URL, Type.LIST, Checks.urls(), "Server address",
                        """
                                The address of the Bayeux server, http or https. Several addresses are servers \
                                that replace one another: the client begins with the first and continues with the next when \
                                one fails.""")
                .optional(SERVER_ID, Type.STRING, null, Checks.notBlank(), Importance.MEDIUM, "Server id",
                        """
                                The name of the server in source partitions. Set it to keep the source offsets when the address \
                                changes. Default: the first address.""")
                .optional(TRANSPORT, Type.LIST, "long-polling", Checks.transports(), Importance.MEDIUM, "Transport", """
                        Connection types in order of preference: long-polling, websocket, or websocket,long-polling.""")
                .optional(HEADERS, Type.PASSWORD, null, null, Importance.LOW, "HTTP headers", """
                        Headers for every request, as Name: value, separated by |. The values are not logged.""")
                .optional(HANDSHAKE_EXT, Type.PASSWORD, null, null, Importance.LOW, "Handshake ext", """
                        A JSON object whose fields the client adds to ext in every handshake. It is not logged.""")
                .optional(REPLY_TIMEOUT, Type.INT, 10_000, Range.between(1, MOST_MS), Importance.LOW, "Reply timeout",
                        """
                                How many milliseconds a reply may take, beyond the time for which the server holds a \
                                connect request.""")
                .optional(BACKOFF, Type.INT, 1_000, Range.between(1, MOST_MS), Importance.LOW, "Retry backoff", """
                        How many milliseconds the client waits after a first failed attempt. The wait doubles with \
                        every second failure in a row; up to a fifth is added at random.""")
                .optional(BACKOFF_MAX, Type.INT, 30_000, Range.between(1, MOST_MS), Importance.LOW,
                        "Longest retry backoff", "The longest wait between attempts, in milliseconds.")
                .optional(VALIDATE_CONNECTION, Type.BOOLEAN, true, null, Importance.LOW, "Validate connection", """
                        Whether the validation of the configuration makes a session with the server and ends it again. \
                        A failure that may pass, such as a refused connection, is no error.""");
        defineAuthentication(definition);
        defineNetwork(definition);
        return definition;
    }

    private static void defineAuthentication(ConfigDef definition) {
        new Setting(definition, "Authentication").choice(AUTH, NONE, List.of(NONE, BASIC, BEARER, BEARER_FILE, OAUTH),
                Importance.HIGH, "Authentication", """
                        How requests authenticate: none; basic, with user and password; bearer, with a token; \
                        bearer-file, with a token that is read from a file before the first handshake and whenever the \
                        server refuses the last one; oauth2-client-credentials, with tokens from a token endpoint, \
                        renewed before they expire and when the server refuses one.""")
                .choice(ON_REFUSED, FAIL, List.of(FAIL, RETRY), Importance.LOW, "On refused credentials",
                        """
                                What a task that has been connected does when the server refuses its credentials, and fresh \
                                ones as well. fail: the task fails. retry: the client tries again after the backoff, for tokens \
                                that another program renews. Without authentication the client always tries again.""")
                .dependent(AUTH_USER, Type.STRING, null, Checks.notBlank(), "User", "The user, for basic.",
                        chosen(AUTH, BASIC))
                .dependent(AUTH_PASSWORD, Type.PASSWORD, null, null, "Password", "The password, for basic.",
                        chosen(AUTH, BASIC))
                .dependent(AUTH_TOKEN, Type.PASSWORD, null, null, "Token", "The token, for bearer.",
                        chosen(AUTH, BEARER))
                .dependent(AUTH_TOKEN_FILE, Type.STRING, null, Checks.notBlank(), "Token file",
                        "The file with the token, for bearer-file. White space around the token is left out.",
                        chosen(AUTH, BEARER_FILE))
                .dependent(OAUTH_URL, Type.STRING, null, Checks.url(), "Token endpoint",
                        """
                                The address of the token endpoint, for oauth2-client-credentials: https, or http on this \
                                machine. Token requests use the proxy and the TLS settings of the server.""",
                        chosen(AUTH, OAUTH))
                .dependent(OAUTH_CLIENT, Type.STRING, null, Checks.notBlank(), "Client id",
                        "The client id at the token endpoint.", chosen(AUTH, OAUTH))
                .dependent(OAUTH_SECRET, Type.PASSWORD, null, null, "Client secret",
                        "The client secret at the token endpoint.", chosen(AUTH, OAUTH))
                .dependent(OAUTH_SCOPE, Type.STRING, null, Checks.notBlank(), "Scope",
                        "The scopes to ask the token endpoint for, separated by spaces. Default: the request names none.",
                        chosen(AUTH, OAUTH));
    }

    private static void defineNetwork(ConfigDef definition) {
        List<String> types = List.of("PKCS12", "JKS", "PEM");
        new Setting(definition, "TLS").optional(TRUSTSTORE, Type.STRING, null, Checks.notBlank(), Importance.MEDIUM,
                "Truststore", """
                        The file with the certificates that the client trusts. Default: those of the worker's JVM.""")
                .dependent(TRUSTSTORE_PASSWORD, Type.PASSWORD, null, null, "Truststore password",
                        "The password of the truststore. Not used for PEM.", isSet(TRUSTSTORE))
                .choice(TRUSTSTORE_TYPE, "PKCS12", types, Importance.LOW, "Truststore type",
                        "The format of the truststore: PKCS12, JKS, or PEM with one or more certificates.")
                .optional(KEYSTORE, Type.STRING, null, Checks.notBlank(), Importance.MEDIUM, "Keystore", """
                        The file with the certificate and the key of the client, for a server that asks for a \
                        certificate. Default: none.""")
                .dependent(KEYSTORE_PASSWORD, Type.PASSWORD, null, null, "Keystore password",
                        "The password of the keystore.", isSet(KEYSTORE))
                .choice(KEYSTORE_TYPE, "PKCS12", types.subList(0, 2), Importance.LOW, "Keystore type",
                        "The format of the keystore: PKCS12 or JKS.")
                .dependent(KEY_PASSWORD, Type.PASSWORD, null, null, "Key password",
                        "The password of the key. Default: the password of the keystore.", isSet(KEYSTORE));
        new Setting(definition, "Proxy").optional(PROXY_HOST, Type.STRING, null, Checks.notBlank(), Importance.LOW,
                "Proxy host", "The host of an HTTP proxy. Default: the proxies of the worker's JVM.")
                .dependent(PROXY_PORT, Type.INT, DEFAULT_PORT, Range.between(1, 65_535), "Proxy port",
                        "The port of the proxy.", isSet(PROXY_HOST))
                .dependent(PROXY_USER, Type.STRING, null, Checks.notBlank(), "Proxy user",
                        "The user at the proxy, for a proxy that requires a login.", isSet(PROXY_HOST))
                .dependent(PROXY_PASSWORD, Type.PASSWORD, null, null, "Proxy password", "The password at the proxy.",
                        isSet(PROXY_HOST));
    }

    private static java.util.function.Predicate<Map<String, Object>> chosen(String name, String value) {
        return settings -> value.equals(settings.get(name));
    }

    private static java.util.function.Predicate<Map<String, Object>> isSet(String name) {
        return settings -> settings.get(name) != null;
    }

    /**
     * Finds settings that are missing, or that do not fit other settings.
     *
     * @return the problems by the name of the setting
     */
    public Map<String, String> problems() {
        Map<String, String> problems = new LinkedHashMap<>();
        switch (getString(AUTH)) {
            case BASIC -> require(problems, BASIC, AUTH_USER, AUTH_PASSWORD);
            case BEARER -> require(problems, BEARER, AUTH_TOKEN);
            case BEARER_FILE -> require(problems, BEARER_FILE, AUTH_TOKEN_FILE);
            case OAUTH -> require(problems, OAUTH, OAUTH_URL, OAUTH_CLIENT, OAUTH_SECRET);
            default -> {
                // Nothing is needed.
            }
        }
        String user = getString(AUTH_USER);
        if (user != null && user.indexOf(':') >= 0) {
            problems.put(AUTH_USER, "A user for HTTP Basic authentication must not have a colon.");
        }
        if (getInt(BACKOFF_MAX) < getInt(BACKOFF)) {
            problems.put(BACKOFF_MAX, "The longest wait must not be shorter than %s.".formatted(BACKOFF));
        }
        if (get(HEADERS) != null) {
            try {
                headers();
            } catch (ConfigException malformed) {
                problems.put(HEADERS, String.valueOf(malformed.getMessage()));
            }
        }
        return problems;
    }

    private void require(Map<String, String> problems, String auth, String... names) {
        for (String name : names) {
            if (get(name) == null) {
                problems.put(name, "%s=%s needs %s.".formatted(AUTH, auth, name));
            }
        }
    }

    /**
     * {@return the addresses, the preferred one first}
     */
    public List<String> urls() {
        return getList(URL);
    }

    /**
     * {@return the name of the server in source partitions}
     */
    public String serverId() {
        return text(SERVER_ID).orElseGet(() -> urls().get(0));
    }

    /**
     * {@return HTTP headers by name}
     */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : secret(HEADERS).map(text -> text.split("\\|")).orElse(new String[0])) {
            int colon = line.indexOf(':');
            if (colon <= 0 || line.substring(0, colon).isBlank()) {
                throw new ConfigException("Each header of %s needs a name, a colon and a value.".formatted(HEADERS));
            }
            headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
        return headers;
    }

    /**
     * Returns the value of a text setting.
     *
     * @param name the name of the setting
     * @return the value, empty if the setting has none
     */
    public Optional<String> text(String name) {
        return Optional.ofNullable(getString(name));
    }

    /**
     * Returns the value of a secret setting, which must not be logged.
     *
     * @param name the name of the setting
     * @return the value, empty if the setting has none
     */
    public Optional<String> secret(String name) {
        @Nullable
        Password password = getPassword(name);
        return Optional.ofNullable(password).map(Password::value);
    }

    /**
     * {@return the names of the given settings that begin with {@code bayeux.} and are not defined}
     */
    public List<String> unknown() {
        List<String> unknown = new ArrayList<>();
        for (String name : originals().keySet()) {
            if (name.startsWith("bayeux.") && !values().containsKey(name)) {
                unknown.add(name);
            }
        }
        return unknown;
    }
}
