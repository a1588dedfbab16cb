package dev.bayeux.cli.console;

import dev.bayeux.api.Message;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;

/** Prints messages: for people, or as one line of JSON each. */
public final class MessagePrinter {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Console console;
    private final boolean dataOnly;

    /**
     * Prints to a console.
     *
     * @param console where to
     * @param dataOnly whether to leave out the channel
     */
    public MessagePrinter(Console console, boolean dataOnly) {
        this.console = console;
        this.dataOnly = dataOnly;
    }

    /**
     * Prints one.
     *
     * @param message as it came
     */
    public void print(Message<?> message) {
        print(message.channel(), message.text(), message.ext().isEmpty() ? "" : message.ext().toString());
    }

    /**
     * Prints one.
     *
     * @param channel its channel
     * @param data its data as JSON text
     * @param ext its ext as JSON text, empty if there is none
     */
    void print(String channel, String data, String ext) {
        if (console.isForPeople()) {
            Palette palette = console.palette();
            String shown = JsonFormat.pretty(data, palette);
            console.print(dataOnly
                    ? shown
                    : "%s %s%s%s".formatted(palette.faint(TIME.format(LocalTime.now())),
                            palette.heading(Explanation.visible(channel)), shown.contains("\n") ? "\n" : " ", shown));
        } else if (dataOnly) {
            console.print(JsonFormat.compact(data));
        } else {
            console.print("{\"channel\":%s,\"data\":%s%s}".formatted(JsonFormat.quoted(channel),
                    JsonFormat.compact(data), ext.isEmpty() ? "" : ",\"ext\":" + JsonFormat.compact(ext)));
        }
    }
}
