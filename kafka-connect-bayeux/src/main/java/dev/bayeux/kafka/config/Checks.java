package dev.bayeux.kafka.config;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Validators for single settings. */
final class Checks {

    private static final Set<String> TRANSPORTS = Set.of("long-polling", "websocket");

    private Checks() {
    }

    private interface Rule {

        /** Returns the problem of a value, {@code null} if there is none. */
        @Nullable
        String problem(Object value);
    }

    /** A validator with a description for the generated page of settings. */
    private static final class Described implements Validator {

        private final String description;
        private final Rule rule;

        Described(String description, Rule rule) {
            this.description = description;
            this.rule = rule;
        }

        @Override
        public void ensureValid(String name, @Nullable Object value) {
            if (value == null) {
                return;
            }
            String problem = rule.problem(value);
            if (problem != null) {
                throw new ConfigException(name, value, problem);
            }
        }

        @Override
        public String toString() {
            return description;
        }
    }

    /** Accepts one or more addresses of servers. */
    static Validator urls() {
        return new Described("one or more http or https addresses", value -> {
            List<?> urls = (List<?>) value;
            if (urls.isEmpty()) {
                return "Name at least one address, such as http://localhost:8080/cometd.";
            }
            for (Object url : urls) {
                String problem = urlProblem(String.valueOf(url));
                if (problem != null) {
                    return problem;
                }
            }
            return null;
        });
    }

    /** Accepts one address, or {@code null}. */
    static Validator url() {
        return new Described("an http or https address", value -> urlProblem(String.valueOf(value)));
    }

    private static @Nullable String urlProblem(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException malformed) {
            return "\"%s\" is not an address, such as http://localhost:8080/cometd.".formatted(url);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!Set.of("http", "https").contains(scheme) || uri.getHost() == null) {
            return "An address starts with http:// or https:// and names a host, such as http://localhost:8080/cometd.";
        }
        return uri.getUserInfo() == null
                ? null
                : "An address must not hold a user or password: use bayeux.auth=basic for them.";
    }

    /** Accepts connection types in order of preference. */
    static Validator transports() {
        return new Described("long-polling, websocket, or both in order of preference", value -> {
            List<?> names = (List<?>) value;
            return names.isEmpty() || !TRANSPORTS.containsAll(names) || Set.copyOf(names).size() < names.size()
                    ? "Use long-polling, websocket, or both in order of preference."
                    : null;
        });
    }

    /** Accepts channels and patterns of which no two can receive the same message. */
    static Validator channels() {
        return new Described("one or more channels or patterns that do not overlap",
                value -> ChannelPatterns.problem(((List<?>) value).stream().map(String::valueOf).toList()));
    }

    /** Accepts a text with one variable, and rejects other variables in it. */
    static Validator template(String variable) {
        return new Described("a name in which ${%s} is replaced".formatted(variable),
                value -> Template.problem(String.valueOf(value), variable));
    }

    /** Accepts a text that is not blank. */
    static Validator notBlank() {
        return new Described("not blank",
                value -> String.valueOf(value).isBlank() ? "The value must not be blank." : null);
    }
}
