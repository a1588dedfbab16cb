package dev.bayeux.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.kafka.config.SinkConfig;
import dev.bayeux.kafka.config.SourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.junit.jupiter.api.Test;

/** The page docs/kafka-connect-settings.md matches the definitions; {@code -Dsettings.write} writes the page. */
class SettingsPageTest {

    private static final Path PAGE = Path.of("").toAbsolutePath().resolve("../docs/kafka-connect-settings.md")
            .normalize();

    private static final String HEAD = """
            # Settings of the Bayeux connectors

            All settings of `dev.bayeux.kafka.BayeuxSourceConnector` and `dev.bayeux.kafka.BayeuxSinkConnector`, beside those that
            every connector of Kafka Connect has. A setting without a default is required. This page is written from the
            connectors' definitions. [kafka-connect.md](kafka-connect.md) explains how to begin and states the
            guarantees.
            """;

    private static Map<String, List<ConfigKey>> groups(ConfigDef definition) {
        return definition.configKeys().values().stream().sorted((one, other) -> one.orderInGroup - other.orderInGroup)
                .collect(Collectors.groupingBy(key -> key.group, LinkedHashMap::new, Collectors.toList()));
    }

    private static String value(ConfigKey key) {
        if (!key.hasDefault()) {
            return "required";
        }
        if (key.defaultValue == null) {
            return "none";
        }
        return key.defaultValue instanceof Collection<?> list
                ? "`%s`".formatted(list.stream().map(String::valueOf).collect(Collectors.joining(",")))
                : "`%s`".formatted(key.defaultValue);
    }

    private static String valid(ConfigKey key) {
        return key.validator == null || key.validator.toString().contains("@")
                ? ""
                : cell(key.validator.toString().replace("[", "").replace("]", "").replace(",...,", " to "));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("*", "\\*");
    }

    private static void table(StringBuilder page, String title, List<ConfigKey> keys) {
        page.append("\n## ").append(title)
                .append("\n\n| setting | type | default | values | meaning |\n| --- | --- | --- | --- | --- |\n");
        for (ConfigKey key : keys) {
            page.append("| `%s` | %s | %s | %s | %s |%n".formatted(key.name,
                    key.type.name().toLowerCase(java.util.Locale.ROOT),
                    value(key), valid(key), cell(key.documentation)));
        }
    }

    private static String page() {
        Map<String, List<ConfigKey>> source = groups(SourceConfig.definition());
        Map<String, List<ConfigKey>> sink = groups(SinkConfig.definition());
        StringBuilder page = new StringBuilder(HEAD);
        table(page, "Source only", source.remove("Source"));
        table(page, "Sink only", sink.remove("Sink"));
        source.forEach((group, keys) -> table(page, group + ", source and sink", keys));
        return page.toString().replace("\r\n", "\n");
    }

    @Test
    void thePageMatchesTheDefinitions() throws IOException {
        if (System.getProperty("settings.write") != null) {
            Files.writeString(PAGE, page());
        }
        assertEquals(page(), Files.readString(PAGE),
                "docs/kafka-connect-settings.md is out of date; -Dsettings.write writes it");
    }
}
