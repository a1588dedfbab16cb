package dev.bayeux.oauth;

import dev.bayeux.api.Credentials;
import dev.bayeux.api.CredentialsSource;
import dev.bayeux.api.http.HttpSettings;
import jakarta.json.spi.JsonProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gets access tokens from an authorization server (RFC 6749) and gives them to clients as bearer tokens. A token is kept
 * until it is about to expire or a Bayeux server refuses it.
 *
 * <p><b>Many clients, one login.</b> The object itself serves one client. {@link #forClient()} gives each further client a
 * separate source over the same token: when many clients are refused at once, one request fetches the next token.
 *
 * <p><b>Requests.</b> However many threads need a token, one request is in flight, and it ends after
 * {@link Builder#timeout} at the latest. It is abandoned once no thread waits for it any more, except with a refresh token,
 * since its response may hold the next one. Redirects are not followed, since the request carries secrets. A failed request
 * is not repeated here: the client asks again after its backoff. Unless {@link Builder#httpClient} sets an HTTP client, each
 * request uses a separate one, so that between requests neither a thread nor a connection remains and there is nothing to
 * close.
 *
 * <p><b>Secrets.</b> No secret, assertion or token appears in exceptions, logs or text forms.
 *
 * <p><b>Threads.</b> All methods may be called by all threads.
 */
public final class OAuthCredentials implements CredentialsSource {

    private final TokenEndpoint endpoint;
    private final SharedToken shared;
    private final CredentialsSource own = new View();

    private OAuthCredentials(TokenEndpoint endpoint, Duration timeout, Clock clock) {
        this.endpoint = endpoint;
        shared = new SharedToken(endpoint, timeout, clock);
    }

    /**
     * Begins with the grant for programs that act for themselves (RFC 6749, 4.4).
     *
     * @param tokenEndpoint where tokens are issued, such as {@code https://example.my.salesforce.com/services/oauth2/token}
     * @param clientId the id of the program at the authorization server
     * @param clientSecret its secret
     * @return a builder
     */
    public static Builder clientCredentials(URI tokenEndpoint, String clientId, String clientSecret) {
        return new Builder(tokenEndpoint, Grant.CLIENT_CREDENTIALS).clientId(clientId).clientSecret(clientSecret);
    }

    /**
     * Begins with the grant for programs that prove their identity by a signature (RFC 7523).
     *
     * @param tokenEndpoint where tokens are issued, such as {@code https://login.salesforce.com/services/oauth2/token}
     * @param assertion what the program asserts, with an issuer and an audience
     * @return a builder
     */
    public static Builder jwtBearer(URI tokenEndpoint, JwtAssertion assertion) {
        assertion.requireComplete();
        Builder builder = new Builder(tokenEndpoint, Grant.JWT_BEARER);
        builder.assertion = assertion;
        return builder;
    }

    /**
     * Begins with the grant for programs that hold a refresh token (RFC 6749, 6). If the server issues another one with an
     * access token, that one is used from then on: {@link Builder#onRefreshToken} stores it.
     *
     * @param tokenEndpoint where tokens are issued
     * @param clientId the id of the program at the authorization server
     * @param refreshToken the refresh token of an earlier login
     * @return a builder
     */
    public static Builder refreshToken(URI tokenEndpoint, String clientId, String refreshToken) {
        Builder builder = new Builder(tokenEndpoint, Grant.REFRESH_TOKEN).clientId(clientId);
        builder.refreshToken = Builder.notBlank(refreshToken, "refresh token");
        return builder;
    }

    @Override
    public Credentials credentials(boolean refused) throws OAuthException, InterruptedException {
        try {
            return own.credentials(refused);
        } catch (OAuthException | InterruptedException | RuntimeException expected) {
            throw expected;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Returns a source for one more client, over the same token.
     *
     * @return a source
     */
    public CredentialsSource forClient() {
        return new View();
    }

    /**
     * Returns an access token that is not about to expire, and fetches one if there is none.
     *
     * @return the token
     * @throws OAuthException if there is none, the server issues none, or does not answer in time
     * @throws InterruptedException if the thread is interrupted
     */
    public AccessToken token() throws OAuthException, InterruptedException {
        return shared.get(false, null);
    }

    /**
     * Returns where the API of this login is, for servers such as Salesforce that say so in {@code instance_url}. Fetches a
     * token if there is none. A Bayeux endpoint is made of it: {@code instanceUrl().resolve("/cometd/64.0")}.
     *
     * @return the address
     * @throws OAuthException if there is no token, or the server has not sent an {@code instance_url}
     * @throws InterruptedException if the thread is interrupted
     */
    public URI instanceUrl() throws OAuthException, InterruptedException {
        return token().instanceUrl().orElseThrow(() -> new OAuthException(endpoint.where()
                + " issued an access token without an instance_url. Only servers such as Salesforce send one:"
                + " name the address of the Bayeux server yourself.", 0, null, null));
    }

    @Override
    public String toString() {
        return "OAuthCredentials[%s, %s]".formatted(endpoint.grant(), endpoint.where());
    }

    /** Knows which token its client has, so that only the refusal of the current one makes a request. */
    private final class View implements CredentialsSource {

        private volatile @Nullable AccessToken given;

        @Override
        public Credentials credentials(boolean refused) throws Exception {
            AccessToken token = shared.get(refused, given);
            given = token;
            Credentials bearer = Credentials.bearer(token.value());
            return token.expiresAt().map(bearer::expiringAt).orElse(bearer);
        }
    }

    /** Settings for {@link OAuthCredentials}. Not for use by several threads at a time. */
    public static final class Builder {

        private final URI tokenEndpoint;
        private final Grant grant;
        private final Map<String, String> parameters = new LinkedHashMap<>();
        private final List<String> scopes = new ArrayList<>();
        private @Nullable String clientId;
        private @Nullable String clientSecret;
        private @Nullable String refreshToken;
        private @Nullable JwtAssertion assertion;
        private ClientAuthentication authentication = ClientAuthentication.BASIC;
        private Duration timeout = Duration.ofSeconds(30);
        private @Nullable Duration assumedLifetime;
        private TokenConnection connection = TokenConnection.with(HttpSettings.DEFAULT);
        private @Nullable Consumer<String> onRefreshToken;
        private boolean plainHttp;
        private Clock clock = Clock.systemUTC();

        private Builder(URI tokenEndpoint, Grant grant) {
            this.tokenEndpoint = Objects.requireNonNull(tokenEndpoint, "tokenEndpoint");
            this.grant = grant;
        }

        /**
         * Sets the client id, where the grant does not name it: some servers want it beside an assertion.
         *
         * @param value the id
         * @return this
         */
        public Builder clientId(String value) {
            clientId = notBlank(value, "client id");
            return this;
        }

        /**
         * Sets the client secret, where the grant does not name it: for a refresh token of a confidential client.
         *
         * @param value the secret
         * @return this
         */
        public Builder clientSecret(String value) {
            clientSecret = notBlank(value, "client secret");
            return this;
        }

        /**
         * Sets how the client secret is sent. Without a client secret the client id is sent in the body.
         *
         * @param value {@link ClientAuthentication#BASIC} by default
         * @return this
         */
        public Builder authentication(ClientAuthentication value) {
            authentication = Objects.requireNonNull(value, "authentication");
            return this;
        }

        /**
         * Adds scopes to ask for. None by default: the server decides.
         *
         * @param values scopes, without spaces
         * @return this
         */
        public Builder scopes(String... values) {
            scopes.addAll(List.of(values));
            return this;
        }

        /**
         * Adds a parameter to the token request, such as {@code audience} or {@code resource}.
         *
         * @param name its name
         * @param value its value, hidden in exceptions
         * @return this
         */
        public Builder parameter(String name, String value) {
            parameters.put(notBlank(name, "name of a parameter"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * Sets how long a token request may take, from the connection to the end of the response.
         *
         * @param value more than zero, at most an hour; 30 s by default
         * @return this
         */
        public Builder timeout(Duration value) {
            timeout = positive(value, Duration.ofHours(1), "A token request");
            return this;
        }

        /**
         * Sets how long a token lasts if the server does not say so; Salesforce does not for most grants. Without it such a
         * token is used until it is refused.
         *
         * @param value the lifetime
         * @return this
         */
        public Builder assumedLifetime(Duration value) {
            assumedLifetime = positive(value, Duration.ofDays(366), "A token without expires_in");
            return this;
        }

        /**
         * Sets the HTTP client for token requests, instead of {@link #http}. It must not follow redirects, and is for the
         * program to close.
         *
         * @param value a client
         * @return this
         */
        public Builder httpClient(HttpClient value) {
            if (value.followRedirects() != HttpClient.Redirect.NEVER) {
                throw new IllegalArgumentException(
                        "An HTTP client for token requests must not follow redirects: they would"
                                + " carry secrets to another server. Build it with Redirect.NEVER, the default.");
            }
            connection = TokenConnection.over(value);
            return this;
        }

        /**
         * Sends token requests as the Bayeux client sends its own: through these proxies, with this login there, and with
         * this TLS context. All other settings mean nothing here; redirects are never followed. Takes the place of
         * {@link #httpClient}.
         *
         * @param value such as those given to {@code ClientBuilder.http}; {@link HttpSettings#DEFAULT} by default
         * @return this
         * @throws IllegalArgumentException if the settings trust every server ({@link HttpSettings#withInsecureTls()})
         */
        public Builder http(HttpSettings value) {
            if (value.isInsecure()) {
                throw new IllegalArgumentException("Token requests carry secrets: HttpSettings that trust every server"
                        + " are not for them. Name the certificate to trust with HttpSettings.withTls.");
            }
            connection = TokenConnection.with(value);
            return this;
        }

        /**
         * Sets who stores a refresh token that the server has issued in place of the one in use. It is called on the thread
         * of the request before the access token is used. What it throws fails the request.
         *
         * @param value takes the new refresh token, a secret
         * @return this
         */
        public Builder onRefreshToken(Consumer<String> value) {
            onRefreshToken = Objects.requireNonNull(value, "onRefreshToken");
            return this;
        }

        /**
         * Allows {@code http} as the scheme of the token endpoint, for networks that encrypt below it. It is allowed for
         * this machine ({@code localhost} and loopback addresses) without asking.
         *
         * @return this
         */
        public Builder allowPlainHttp() {
            plainHttp = true;
            return this;
        }

        Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /**
         * Makes the source. Sends nothing.
         *
         * @return a source
         * @throws IllegalArgumentException if the token endpoint is no absolute {@code https} address
         */
        public OAuthCredentials build() {
            JsonProvider json = JsonProvider.provider();
            Addresses.requireSafe(tokenEndpoint, plainHttp);
            GrantRequest.Client client = new GrantRequest.Client(Optional.ofNullable(clientId),
                    Optional.ofNullable(clientSecret), authentication);
            TokenEndpoint endpoint = new TokenEndpoint(
                    new GrantRequest(tokenEndpoint, grant, client, form(), assertion),
                    new RefreshToken(refreshToken, onRefreshToken), assumedLifetime, plainHttp, connection, json,
                    clock);
            return new OAuthCredentials(endpoint, timeout, clock);
        }

        private Map<String, String> form() {
            Map<String, String> form = new LinkedHashMap<>(parameters);
            if (!scopes.isEmpty()) {
                form.put("scope", String.join(" ", scopes));
            }
            return form;
        }

        private static String notBlank(String value, String name) {
            if (value.isBlank()) {
                throw new IllegalArgumentException("The " + name + " must not be blank.");
            }
            return value;
        }

        private static Duration positive(Duration value, Duration most, String what) {
            if (value.isNegative() || value.isZero() || value.compareTo(most) > 0) {
                throw new IllegalArgumentException(
                        "%s lasts longer than zero and no longer than %s, not %s.".formatted(what, most, value));
            }
            return value;
        }
    }
}
