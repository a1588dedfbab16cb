package dev.bayeux.cli.options;

import dev.bayeux.cli.console.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The file with the user's defaults: a line {@code NAME = VALUE} for each. The name is that of a long option without
 * its dashes, {@code url}, or {@code context}. Lines after {@code [CONTEXT]} apply to that context only. Lines before
 * the first context apply wherever a context has no line of that name. The options {@code header}, {@code ext},
 * {@code exclude} and {@code location-to} may have several lines.
 */
public final class Config {

    /** The name of the address, which is no option. */
    static final String URL = "url";
    /** The name of the default context, which is no option. */
    private static final String CONTEXT = "context";
    private static final String ALWAYS = "";

    private final Path file;
    private final Map<String, Map<String, List<String>>> sections;

    private Config(Path file, Map<String, Map<String, List<String>>> sections) {
        this.file = file;
        this.sections = sections;
    }

    /**
     * Reads the file that the environment names: {@code BAYEUX_CONFIG}, or {@code bayeux/config} below
     * {@code XDG_CONFIG_HOME} or {@code ~/.config}.
     *
     * @param environment the environment of the process
     * @return the content of the file; no values if the file does not exist
     * @throws BadInputException if the file cannot be read or understood
     */
    public static Config load(Map<String, String> environment) {
        String named = environment.getOrDefault("BAYEUX_CONFIG", "");
        Path file = named.isEmpty() ? usual(environment) : Path.of(named);
        if (named.isEmpty() && !Files.exists(file)) {
            return new Config(file, Map.of());
        }
        try {
            return read(file, Files.readAllLines(file));
        } catch (IOException failed) {
            throw new BadInputException("The file %s cannot be read: %s.".formatted(file, InputFile.reason(failed)));
        }
    }

    private static Path usual(Map<String, String> environment) {
        String folder = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path base = folder.isEmpty() ? Path.of(environment.getOrDefault("HOME", "."), ".config") : Path.of(folder);
        return base.resolve("bayeux").resolve("config");
    }

    private static Config read(Path file, List<String> lines) {
        Map<String, Map<String, List<String>>> sections = new LinkedHashMap<>();
        Map<String, List<String>> section = sections.computeIfAbsent(ALWAYS, name -> new LinkedHashMap<>());
        int number = 0;
        for (String raw : lines) {
            number++;
            String line = raw.strip();
            int equals = line.indexOf('=');
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                section = sections.computeIfAbsent(line.substring(1, line.length() - 1).strip(),
                        name -> new LinkedHashMap<>());
            } else if (equals > 0) {
                section.computeIfAbsent(line.substring(0, equals).strip(), name -> new ArrayList<>())
                        .add(line.substring(equals + 1).strip());
            } else {
                throw new BadInputException("Line %d of %s is neither NAME = VALUE nor [CONTEXT].".formatted(number,
                        file));
            }
        }
        return new Config(file, sections);
    }

    /**
     * {@return whether there is no such file}
     */
    public boolean isEmpty() {
        return sections.isEmpty();
    }

    /**
     * {@return the path of the file, which need not exist}
     */
    Path file() {
        return file;
    }

    /**
     * {@return the names of the contexts}
     */
    Set<String> contexts() {
        return sections.keySet().stream().filter(name -> !name.equals(ALWAYS)).collect(Collectors.toSet());
    }

    /**
     * {@return whether there is a context of that name}
     *
     * @param name any text
     */
    public boolean hasContext(String name) {
        return contexts().contains(name);
    }

    /**
     * {@return the default context; {@code null} if the file names none}
     */
    public @Nullable String usualContext() {
        List<String> named = sections.getOrDefault(ALWAYS, Map.of()).get(CONTEXT);
        return named == null ? null : named.getLast();
    }

    /**
     * {@return the address for a context; {@code null} if there is none}
     *
     * @param context the name of the context, {@code null} for none
     */
    @Nullable
    String url(@Nullable String context) {
        List<String> values = values(context, URL);
        return values.isEmpty() ? null : values.getLast();
    }

    /**
     * Supplies the values of this file for options that the command line does not give.
     *
     * @param context the name of the context, {@code null} for none
     * @return a provider for picocli
     */
    public IDefaultValueProvider defaults(@Nullable String context) {
        return argument -> argument instanceof OptionSpec option ? value(context, option) : null;
    }

    private @Nullable String value(@Nullable String context, OptionSpec option) {
        String name = option.longestName().replaceFirst("^-+", "");
        List<String> values = values(context, name);
        // The options that may have several lines in the file read one value a line.
        return values.isEmpty() ? null : isMany(option) ? String.join("\n", values) : values.getLast();
    }

    private static boolean isMany(ArgSpec option) {
        return option.isMultiValue();
    }

    /** Returns the values of the context; if there are none, those that apply to all contexts. */
    private List<String> values(@Nullable String context, String name) {
        List<String> own = context == null ? null : sections.getOrDefault(context, Map.of()).get(name);
        return own == null ? sections.getOrDefault(ALWAYS, Map.of()).getOrDefault(name, List.of()) : own;
    }
}
