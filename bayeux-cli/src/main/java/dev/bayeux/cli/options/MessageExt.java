package dev.bayeux.cli.options;

import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.extension.BayeuxMessage;
import dev.bayeux.api.extension.MessageCredentials;
import dev.bayeux.cli.console.Streams;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adds members that the user gave to the {@code ext} of messages. */
final class MessageExt {

    private static final String ALL = "all";
    private static final List<String> PLACES = List.of("handshake", "connect", "subscribe", "unsubscribe",
            "disconnect", "publish");
    private static final Pattern FORM = Pattern.compile("(?s)(?:([a-z,]+)=)?(.*)");

    /** Members, and the kinds of messages to which they are added. */
    private record Addition(Set<String> places, JsonObject members) {

        boolean isFor(BayeuxMessage message) {
            return places.contains(message.isMeta() ? message.channel().substring("/meta/".length()) : "publish");
        }
    }

    private final List<Addition> additions;

    /** Reads {@code [WHERE=]JSON} or {@code [WHERE=]@FILE}; one text may have several, one a line. */
    MessageExt(List<String> options, Streams streams) {
        additions = options.stream().flatMap(option -> option.startsWith("{") || option.contains("={")
                ? List.of(option).stream()
                : option.lines()).map(option -> read(option, streams)).toList();
    }

    private static Addition read(String option, Streams streams) {
        Matcher matcher = FORM.matcher(option);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("--ext must be [WHERE=]JSON.");
        }
        Set<String> places = new TreeSet<>();
        for (String place : (matcher.group(1) == null ? "handshake" : matcher.group(1)).split(",")) {
            if (place.equals(ALL)) {
                places.addAll(PLACES);
            } else if (PLACES.contains(place)) {
                places.add(place);
            } else {
                throw new IllegalArgumentException(
                        "--ext: there is no \"%s\"; choose from %s, or all.%s".formatted(place,
                                String.join(", ", PLACES), Nearest.suggestion(place, PLACES)));
            }
        }
        String text = matcher.group(2);
        String json = text.startsWith("@") ? InputFile.read(text.substring(1), streams) : text;
        // The JSON may be a secret, so no message repeats it.
        return JsonArgument.isJson(json) && JsonArgument.parse(json) instanceof JsonObject members
                ? new Addition(places, members)
                : fail();
    }

    private static Addition fail() {
        throw new IllegalArgumentException(
                "--ext must be a JSON object, such as {\"auth\":{\"token\":\"...\"}}; the given text is not one.");
    }

    void apply(ClientBuilder builder) {
        for (Addition addition : additions) {
            builder.addExtension(new dev.bayeux.api.extension.ExtensionProvider() {
                @Override
                public String name() {
                    return "ext";
                }

                @Override
                public dev.bayeux.api.extension.Extension create() {
                    return MessageCredentials.of(addition::isFor, message -> addition.members());
                }
            });
        }
    }
}
