package dev.bayeux.kafka.config;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/** Adds the settings of one group to a definition, in order. */
final class Setting {

    private final ConfigDef definition;
    private final String group;
    private int order;

    Setting(ConfigDef definition, String group) {
        this.definition = definition;
        this.group = group;
    }

    /** Adds a setting without a default. */
    Setting required(String name, Type type, Validator check, String display, String documentation) {
        return add(name, type, ConfigDef.NO_DEFAULT_VALUE, check, Importance.HIGH, display, documentation, null);
    }

    /** Adds a setting with a default, which may be {@code null}. */
    Setting optional(String name, Type type, @Nullable Object value, @Nullable Validator check, Importance importance,
            String display, String documentation) {
        return add(name, type, value, check, importance, display, documentation, null);
    }

    /** Adds a setting with a few possible values. */
    Setting choice(String name, String value, List<String> values, Importance importance, String display,
            String documentation) {
        return add(name, Type.STRING, value, ConfigDef.ValidString.in(values.toArray(String[]::new)), importance,
                display, documentation, new Offer(values, settings -> true));
    }

    /** Adds a setting that applies only with certain values of other settings. */
    Setting dependent(String name, Type type, @Nullable Object value, @Nullable Validator check, String display,
            String documentation, Predicate<Map<String, Object>> visible) {
        return add(name, type, value, check, Importance.MEDIUM, display, documentation, new Offer(List.of(), visible));
    }

    private Setting add(String name, Type type, @Nullable Object value, @Nullable Validator check,
            Importance importance, String display, String documentation, ConfigDef.@Nullable Recommender offer) {
        order++;
        definition.define(name, type, value, check, importance, documentation, group, order, Width.MEDIUM, display,
                List.of(), offer);
        return this;
    }

    /** The values that a user interface offers for a setting, and the condition under which it shows the setting. */
    private static final class Offer implements ConfigDef.Recommender {

        private final List<String> values;
        private final Predicate<Map<String, Object>> visible;

        Offer(List<String> values, Predicate<Map<String, Object>> visible) {
            this.values = values;
            this.visible = visible;
        }

        @Override
        public List<Object> validValues(String name, Map<String, Object> settings) {
            return List.copyOf(values);
        }

        @Override
        public boolean visible(String name, Map<String, Object> settings) {
            return visible.test(settings);
        }
    }
}
