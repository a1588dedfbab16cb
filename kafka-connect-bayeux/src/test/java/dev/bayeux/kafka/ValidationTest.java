package dev.bayeux.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.kafka.config.SourceConfig;
import dev.bayeux.kafka.config.WorkerJava;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.server.Answer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Connector;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The connectors validate settings, and load on a worker with Java 17. */
@Timeout(120)
class ValidationTest {

    private static final int JAVA_17 = 61;
    private static final int JAVA_21 = 65;

    @TempDir
    private Path folder;

    private static Map<String, String> source(String... more) {
        return with(Map.of("name", "it", "connector.class", BayeuxSourceConnector.class.getName(), "bayeux.url",
                "http://127.0.0.1:1/cometd", "bayeux.channels", "/a,/b/*", "topic", "t", "bayeux.validate.connection",
                "false"), more);
    }

    private static Map<String, String> sink(String... more) {
        return with(Map.of("name", "it", "connector.class", BayeuxSinkConnector.class.getName(), "topics", "t",
                "bayeux.url", "http://127.0.0.1:1/cometd", "bayeux.validate.connection", "false"), more);
    }

    private static Map<String, String> with(Map<String, String> base, String... more) {
        Map<String, String> all = new HashMap<>(base);
        for (int n = 0; n < more.length; n += 2) {
            all.put(more[n], more[n + 1]);
        }
        return all;
    }

    private static Map<String, String> errors(Config result) {
        Map<String, String> errors = new TreeMap<>();
        for (ConfigValue value : result.configValues()) {
            if (!value.errorMessages().isEmpty()) {
                errors.put(value.name(), String.join(" ", value.errorMessages()));
            }
        }
        return errors;
    }

    private static Map<String, String> errors(Connector connector, Map<String, String> settings) {
        return errors(connector.validate(settings));
    }

    private static void assertError(String name, String text, Map<String, String> errors) {
        assertEquals(1, errors.size(), errors::toString);
        assertTrue(errors.containsKey(name), errors::toString);
        assertTrue(errors.get(name).contains(text), errors::toString);
    }

    @Test
    void goodSettingsHaveNoErrors() {
        assertEquals(Map.of(), errors(new BayeuxSourceConnector(), source()));
        assertEquals(Map.of(), errors(new BayeuxSinkConnector(), sink()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"bayeux.url|localhost:8080/cometd|http", "bayeux.url|ftp://x/y|http",
            "bayeux.url|http://u:p@x/y|bayeux.auth=basic", "bayeux.url|http://a b/|not an address",
            "bayeux.channels|/a,/a|overlap", "bayeux.channels|/a/*,/a/b|overlap",
            "bayeux.channels|/a/**,/a/b/c|overlap",
            "bayeux.channels|/a/*,/a/**|overlap", "bayeux.channels|a|slash", "bayeux.channels|/a/*/b|last segment",
            "bayeux.channels|/meta/connect|belongs to the protocol", "bayeux.channels|/a?x=1,/a?x=2|overlap",
            "bayeux.channels|/a//b|empty", "topic|t-${chanel}|${chanel}", "topic|' '|blank",
            "bayeux.transport|jsonp|long-polling", "bayeux.transport|websocket,websocket|long-polling",
            "bayeux.replay|yes|auto", "bayeux.queue.messages|0|at least 1", "bayeux.headers|novalue|colon",
            "bayeux.handshake.ext|[1]|JSON object", "bayeux.handshake.ext|{secret|JSON object",
            "bayeux.retry.backoff.max.ms|5|shorter", "bayeux.tls.truststore.location|/no/such/file|cannot be read",
            "bayeux.channel|/x|There is no setting"})
    void aWrongSettingOfTheSourceIsNamed(String name, String value, String text) {
        String shown = name.equals("bayeux.channel") ? "bayeux.url" : name;
        assertError(shown, text, errors(new BayeuxSourceConnector(), source(name, value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/*,/b/*", "/a,/a/*", "/a,/ab", "/a/b,/a/b/c", "/a/*,/a/b/*", "/a/*,/a/b/**",
            "/a?x=1,/b?x=1"})
    void channelsThatDoNotOverlapAreAccepted(String channels) {
        assertEquals(Map.of(), errors(new BayeuxSourceConnector(), source("bayeux.channels", channels)));
    }

    @ParameterizedTest
    @CsvSource({"basic,bayeux.auth.password", "bearer,bayeux.auth.token", "bearer-file,bayeux.auth.token.file",
            "oauth2-client-credentials,bayeux.auth.oauth2.client.secret"})
    void authenticationNamesWhatItNeeds(String auth, String missing) {
        Map<String, String> errors = errors(new BayeuxSinkConnector(), sink("bayeux.auth", auth));
        assertTrue(errors.get(missing).contains(auth), errors::toString);
    }

    @ParameterizedTest
    @CsvSource({"http://push.example/token,cret,bayeux.auth.oauth2.token.url,https://",
            "https://push.example/token,' ',bayeux.auth.oauth2.client.secret,blank"})
    void aTokenEndpointOrSecretThatCannotBeUsedIsNamed(String url, String secret, String name, String text) {
        Map<String, String> errors = errors(new BayeuxSinkConnector(),
                sink("bayeux.auth", "oauth2-client-credentials", "bayeux.auth.oauth2.token.url", url,
                        "bayeux.auth.oauth2.client.id", "id", "bayeux.auth.oauth2.client.secret", secret));
        assertError(name, text, errors);
    }

    @Test
    void settingsThatDoNotApplyAreHiddenFromUserInterfaces() {
        Map<String, Boolean> visible = new HashMap<>();
        new BayeuxSourceConnector().validate(source("bayeux.auth", "bearer")).configValues()
                .forEach(value -> visible.put(value.name(), value.visible()));
        assertTrue(visible.get("bayeux.auth.token"));
        assertFalse(visible.get("bayeux.auth.password"));
        assertFalse(visible.get("bayeux.proxy.port"));
        assertTrue(visible.get("bayeux.proxy.host"));
    }

    @Test
    void anEmptyTokenFileIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "\n");
        assertError("bayeux.auth.token.file", "no token", errors(new BayeuxSourceConnector(),
                source("bayeux.auth", "bearer-file", "bayeux.auth.token.file", file.toString())));
    }

    @Test
    void aServerThatRefusesTheCredentialsIsAnErrorAndAnUnreachableOneIsNone() {
        try (ScriptedBayeux server = ScriptedBayeux.start()) {
            Map<String, String> settings = source("bayeux.url", server.uri().toString(), "bayeux.validate.connection",
                    "true", "bayeux.retry.backoff.ms", "10");
            assertEquals(Map.of(), errors(new BayeuxSourceConnector(), settings));
            assertEquals(1, server.messages("/meta/disconnect").size(), "the session is ended");
            server.gate(request -> Answer.status(401));
            assertError("bayeux.url", "401", errors(new BayeuxSourceConnector(), settings));
            server.peer().goDown();
            assertEquals(Map.of(), errors(new BayeuxSourceConnector(), settings));
        }
    }

    @Test
    void onJava17TheValidationReportsTheNeededJava() {
        Config result = new BayeuxSourceConnector().config().validate(source()).isEmpty()
                ? new Config(List.of())
                : new Config(new BayeuxSourceConnector().config().validate(source()));
        assertError("bayeux.url", "Java 17", errors(Validation.extend(result, source(), SourceConfig::new, 17)));
        assertNull(WorkerJava.problem(21));
    }

    @Test
    void aWorkerOnJava17CanLoadTheConnectorsAndNotTheTasks() throws IOException {
        assertEquals(JAVA_17, version("BayeuxSourceConnector"));
        assertEquals(JAVA_17, version("BayeuxSinkConnector"));
        assertEquals(JAVA_17, version("Validation"));
        assertEquals(JAVA_17, version("config/SourceConfig"));
        assertEquals(JAVA_17, version("config/Checks"));
        assertEquals(JAVA_21, version("task/BayeuxSourceTask"));
    }

    private static int version(String name) throws IOException {
        try (InputStream in = ValidationTest.class.getResourceAsStream(name + ".class");
                DataInputStream data = new DataInputStream(in)) {
            data.readInt();
            data.readUnsignedShort();
            return data.readUnsignedShort();
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    @Test
    void theConnectorsAreFoundAsServicesAndHaveTheVersionOfTheBuild() {
        SourceConnector source = ServiceLoader.load(SourceConnector.class).stream()
                .filter(each -> each.type() == BayeuxSourceConnector.class).findFirst().orElseThrow().get();
        SinkConnector sink = ServiceLoader.load(SinkConnector.class).stream()
                .filter(each -> each.type() == BayeuxSinkConnector.class).findFirst().orElseThrow().get();
        assertTrue(source.version().matches("\\d+\\.\\d+\\.\\d+.*"), source.version());
        assertEquals(source.version(), sink.version());
    }

    @Test
    void channelsAreSpreadOverTasks() {
        BayeuxSourceConnector connector = new BayeuxSourceConnector();
        connector.start(source("bayeux.channels", "/a,/b,/c,/d,/e"));
        assertEquals(List.of("/a,/c,/e", "/b,/d"),
                connector.taskConfigs(2).stream().map(config -> config.get("bayeux.channels")).toList());
        assertEquals(5, connector.taskConfigs(9).size());
        assertEquals("BayeuxSourceTask", connector.taskClass().getSimpleName());
        connector.stop();
    }

    @Test
    void exactlyOnceIsSupportedOnlyIfReplayIsRequired() {
        BayeuxSourceConnector connector = new BayeuxSourceConnector();
        assertEquals(ExactlyOnceSupport.SUPPORTED,
                connector.exactlyOnceSupport(source("bayeux.replay", "required")));
        assertEquals(ExactlyOnceSupport.UNSUPPORTED, connector.exactlyOnceSupport(source()));
    }

    /** Kafka Connect compares partitions as texts, so another order would be another partition. */
    @Test
    void theFieldsOfAPartitionHaveTheSameOrderInAllJvms() {
        assertEquals("{server=s, channel=/a}", SourceOffsets.partition("s", "/a").toString());
    }

    @Test
    void alteredOffsetsAreChecked() {
        BayeuxSourceConnector connector = new BayeuxSourceConnector();
        Map<String, ?> partition = SourceOffsets.partition("s", "/a");
        for (Object id : List.of(0, 5L, "AAAB-x9==")) {
            assertTrue(connector.alterOffsets(source(), Map.of(partition, Map.of("replayId", id))));
        }
        Map<Map<String, ?>, Map<String, ?>> reset = new HashMap<>();
        reset.put(partition, null);
        assertTrue(connector.alterOffsets(source(), reset));
        for (Map<String, ?> wrong : List.of(Map.of("replayId", -1), Map.of("replayId", 1.5), Map.of("replayId", ""),
                Map.of("id", 1), Map.of("replayId", 1, "x", 1))) {
            assertThrows(ConnectException.class, () -> connector.alterOffsets(source(), Map.of(partition, wrong)));
        }
        assertThrows(ConnectException.class,
                () -> connector.alterOffsets(source(), Map.of(Map.of("channel", "/a"), Map.of("replayId", 1))));
    }
}
