package dev.bayeux.tests.bayeux;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ScriptedBayeux} does not let its clients do, in the words of a Bayeux {@code error}. Safe for concurrent
 * use.
 */
public final class Refusals {

    private final Map<String, String> subscribes = new ConcurrentHashMap<>();
    private final Map<String, String> publishes = new ConcurrentHashMap<>();

    Refusals() {
    }

    /**
     * Refuses subscriptions from now on; those that there are stay until their session ends.
     *
     * @param pattern a channel or a pattern
     * @param error what the refusal says, such as {@code 403::not for you}
     * @return this
     */
    public Refusals subscribes(String pattern, String error) {
        subscribes.put(pattern, error);
        return this;
    }

    /**
     * Refuses publishes and calls from now on.
     *
     * @param pattern a channel or a pattern
     * @param error what the refusal says
     * @return this
     */
    public Refusals publishes(String pattern, String error) {
        publishes.put(pattern, error);
        return this;
    }

    /**
     * Takes refusals back.
     *
     * @param pattern as it was refused
     * @return this
     */
    public Refusals lift(String pattern) {
        subscribes.remove(pattern);
        publishes.remove(pattern);
        return this;
    }

    /** Why a subscription is refused; {@code null} if it is not. */
    @Nullable
    String ofSubscribe(String subscription) {
        return find(subscribes, subscription);
    }

    /** Why a publish is refused; {@code null} if it is not. */
    @Nullable
    String ofPublish(String channel) {
        return find(publishes, channel);
    }

    private static @Nullable String find(Map<String, String> refusals, String channel) {
        return refusals.entrySet().stream().filter(each -> Channels.covers(each.getKey(), channel))
                .map(Map.Entry::getValue).findFirst().orElse(null);
    }
}
