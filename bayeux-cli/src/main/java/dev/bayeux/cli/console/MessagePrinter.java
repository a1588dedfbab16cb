package dev.bayeux.cli.console;

import dev.bayeux.api.Message;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Prints messages for people, as one line of JSON each, or in the user's format. */
public final class MessagePrinter {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Console console;
    private final boolean dataOnly;
    private final boolean withTime;
    private final @Nullable LineFormat format;

    /**
     * Makes a printer of whole messages.
     *
     * @param console the console
     */
    public MessagePrinter(Console console) {
        this(console, false, false, null);
    }

    /**
     * Makes a printer of those parts of messages that the user wants.
     *
     * @param console the console
     * @param dataOnly whether to print nothing but the data
     * @param withTime whether a line of JSON has the time of receipt as well
     * @param format the user's format, {@code null} for none
     */
    public MessagePrinter(Console console, boolean dataOnly, boolean withTime, @Nullable LineFormat format) {
        this.console = console;
        this.dataOnly = dataOnly;
        this.withTime = withTime;
        this.format = format;
    }

    /**
     * Prints a message.
     *
     * @param message the message
     */
    public void print(Message<?> message) {
        print(Received.now(message));
    }

    void print(Received message) {
        if (format != null) {
            String line = format.format(message);
            console.print(console.streams().outputIsTerminal()
                    ? line.lines().map(Explanation::visible).collect(java.util.stream.Collectors.joining("\n"))
                    : line);
        } else if (console.isForPeople()) {
            console.print(forPeople(message));
        } else {
            console.print(dataOnly ? JsonFormat.compact(message.data()) : asJson(message));
        }
    }

    private String forPeople(Received message) {
        Palette palette = console.palette();
        String shown = JsonFormat.pretty(message.data(), palette);
        String time = TIME.format(LocalTime.ofInstant(message.time(), ZoneId.systemDefault()));
        String replayId = message.replayId().isEmpty() ? "" : " #" + Explanation.visible(message.replayId());
        return dataOnly
                ? shown
                : "%s %s%s%s%s".formatted(palette.faint(time), palette.heading(Explanation.visible(message.channel())),
                        palette.faint(replayId), shown.contains("\n") ? "\n" : " ", shown);
    }

    private String asJson(Received message) {
        StringBuilder json = new StringBuilder("{\"channel\":%s,\"data\":%s".formatted(
                JsonFormat.quoted(message.channel()), JsonFormat.compact(message.data())));
        if (!message.ext().isEmpty()) {
            json.append(",\"ext\":").append(JsonFormat.compact(message.ext()));
        }
        if (!message.replayId().isEmpty()) {
            json.append(",\"replayId\":").append(message.replayId());
        }
        if (withTime) {
            json.append(",\"time\":\"").append(message.time()).append('"');
        }
        return json.append('}').toString();
    }
}
