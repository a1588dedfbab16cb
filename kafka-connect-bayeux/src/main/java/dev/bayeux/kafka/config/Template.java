package dev.bayeux.kafka.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A name with a variable, such as <code>${channel}</code>. */
public final class Template {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)\\}");

    private final String text;
    private final String variable;

    /**
     * Makes a name with one variable.
     *
     * @param text the name, which may have the variable any number of times
     * @param variable the text between the braces
     */
    public Template(String text, String variable) {
        this.text = text;
        this.variable = "${" + variable + "}";
    }

    /**
     * Replaces the variable.
     *
     * @param value the replacement
     * @return the name
     */
    public String with(String value) {
        return text.replace(variable, value);
    }

    static @Nullable String problem(String text, String variable) {
        if (text.isBlank()) {
            return "The value must not be blank.";
        }
        Matcher found = VARIABLE.matcher(text);
        while (found.find()) {
            if (!found.group(1).equals(variable)) {
                return "%s is not known here; the only variable is ${%s}.".formatted(found.group(), variable);
            }
        }
        return null;
    }
}
