package dev.bayeux.api.extension;

import jakarta.json.spi.JsonProvider;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;

/**
 * Adds the time of sending to every message, in a field {@code timestamp} such as {@code Sun, 06 Nov 1994 08:49:37 GMT}
 * (protocol.md 6.3). For servers and people that read it; nothing depends on it. Found by the name {@code "timestamp"}.
 */
public final class Timestamp implements Extension {

    private static final String NAME = "timestamp";
    private static final DateTimeFormatter FORMAT = DateTimeFormatter
            .ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US).withZone(ZoneOffset.UTC);

    private final InstantSource clock;
    private final JsonProvider json = JsonProvider.provider();

    /** Uses the clock of this machine. */
    public Timestamp() {
        this(InstantSource.system());
    }

    /**
     * Uses a clock of the program.
     *
     * @param clock read for each message
     */
    public Timestamp(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public BayeuxMessage outgoing(BayeuxMessage message) {
        return message.withField(NAME, json.createValue(FORMAT.format(clock.instant())));
    }

    /** Makes an instance for each client that asks for {@code "timestamp"}. */
    public static final class Provider implements ExtensionProvider {

        /** Makes the provider; called by {@link java.util.ServiceLoader}. */
        public Provider() {
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Extension create() {
            return new Timestamp();
        }
    }
}
