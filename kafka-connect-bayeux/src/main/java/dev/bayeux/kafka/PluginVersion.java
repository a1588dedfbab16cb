package dev.bayeux.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The version that the build gave to this plugin. */
public final class PluginVersion {

    private static final String VERSION = read();

    private PluginVersion() {
    }

    /**
     * {@return the version}
     */
    public static String get() {
        return VERSION;
    }

    private static String read() {
        try (@Nullable
        InputStream in = PluginVersion.class.getResourceAsStream("version.txt")) {
            return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            return "unknown";
        }
    }
}
