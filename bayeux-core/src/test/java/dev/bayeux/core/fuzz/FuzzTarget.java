package dev.bayeux.core.fuzz;

import dev.bayeux.core.protocol.ChannelFuzz;
import dev.bayeux.core.message.ReplyFuzz;
import java.util.Locale;
import java.util.function.Consumer;

/** What is fuzzed. Each class has the method that the fuzzer looks for; that throws if a promise is broken. */
enum FuzzTarget {

    REPLY(ReplyFuzz.class, ReplyFuzz::fuzzerTestOneInput),

    ADVICE(AdviceFuzz.class, AdviceFuzz::fuzzerTestOneInput),

    ERROR(ErrorFuzz.class, ErrorFuzz::fuzzerTestOneInput),

    CHANNEL(ChannelFuzz.class, ChannelFuzz::fuzzerTestOneInput),

    HTTP(HttpFuzz.class, HttpFuzz::fuzzerTestOneInput);

    final Class<?> entry;
    final Consumer<byte[]> code;

    FuzzTarget(Class<?> entry, Consumer<byte[]> code) {
        this.entry = entry;
        this.code = code;
    }

    /** The name of its files. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
