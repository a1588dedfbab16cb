package dev.bayeux.core.exhaustive;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The walks over the core: one for each kind of client. */
public final class CoreWalk {

    static final List<PlayedCore.Variant> VARIANTS = List.of(
            new PlayedCore.Variant("long-polling", List.of("long-polling"), 1, "{}", false, false, false),
            new PlayedCore.Variant("WebSocket", List.of("websocket"), 1, "{}", false, false, false),
            new PlayedCore.Variant("WebSocket or long-polling, two servers", List.of("websocket", "long-polling"), 2,
                    "{}", false, false, false),
            new PlayedCore.Variant("acknowledged, with full queues", List.of("long-polling"), 1, "{'ack':true}", false,
                    false, true),
            new PlayedCore.Variant("positions, with full queues", List.of("long-polling"), 1, "{'replay':true}", true,
                    false, true),
            new PlayedCore.Variant("calls without ids", List.of("long-polling"), 1, "{}", false, true, false));

    private CoreWalk() {
    }

    static ExhaustiveWalk.Result walk(PlayedCore.Variant variant, long states) {
        return new ExhaustiveWalk<>(new WalkedCore(variant)).walk(100, states, ExhaustiveWalk.share());
    }

    /** {@return how many kinds of client there are} */
    public static int count() {
        return VARIANTS.size();
    }

    /**
     * For code that loads this class with another class loader: the rule that the walk of a variant breaks, {@code null} if
     * none.
     */
    public static @Nullable String failureOf(long variant) {
        return walk(VARIANTS.get((int) variant), 1_500).failure();
    }

    /** Walks for as long as it takes. */
    public static void main(String[] arguments) {
        long states = Long.parseLong(arguments[0]);
        for (PlayedCore.Variant variant : VARIANTS) {
            long fromNs = System.nanoTime();
            ExhaustiveWalk.Result result = walk(variant, states);
            System.out.printf("%s: %s, %d s. %s%n", variant, result, (System.nanoTime() - fromNs) / 1_000_000_000,
                    result.failure());
        }
    }
}
