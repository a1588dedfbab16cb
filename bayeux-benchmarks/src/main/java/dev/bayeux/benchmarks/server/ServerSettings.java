package dev.bayeux.benchmarks.server;

import java.util.List;
import java.util.stream.Stream;

/**
 * How the server is started.
 *
 * @param port 0 is any
 * @param messagesPerFrame how many messages a WebSocket frame may have
 * @param acknowledge whether the server counts with the extension {@code ack}
 * @param ticksPerSecond how many messages it publishes on {@code /ticks} in a second
 * @param tickLength how many characters of filling each has
 * @param firstTick the number of the first of them
 */
public record ServerSettings(int port, int messagesPerFrame, boolean acknowledge, int ticksPerSecond, int tickLength,
        long firstTick) {

    /** As CometD is by default. */
    public static final ServerSettings DEFAULT = new ServerSettings(0, 1, false, 0, 0, 0);

    /**
     * The same, with other frames.
     *
     * @param messages in a frame
     * @return settings
     */
    public ServerSettings withMessagesPerFrame(int messages) {
        return new ServerSettings(port, messages, acknowledge, ticksPerSecond, tickLength, firstTick);
    }

    /**
     * The same, but it publishes.
     *
     * @param perSecond how many messages
     * @param length how many characters of filling each has
     * @return settings
     */
    public ServerSettings withTicks(int perSecond, int length) {
        return new ServerSettings(port, messagesPerFrame, acknowledge, perSecond, length, firstTick);
    }

    /**
     * The same, with acknowledged messages.
     *
     * @return settings
     */
    public ServerSettings withAcknowledge() {
        return new ServerSettings(port, messagesPerFrame, true, ticksPerSecond, tickLength, firstTick);
    }

    /**
     * The same server once more.
     *
     * @param samePort where the first was
     * @param tick its first number
     * @return settings
     */
    public ServerSettings again(int samePort, long tick) {
        return new ServerSettings(samePort, messagesPerFrame, acknowledge, ticksPerSecond, tickLength, tick);
    }

    /**
     * For the command line.
     *
     * @return arguments
     */
    public List<String> arguments() {
        return Stream.<Object>of(port, messagesPerFrame, acknowledge, ticksPerSecond, tickLength, firstTick)
                .map(Object::toString).toList();
    }

    static ServerSettings parse(String[] args) {
        return new ServerSettings(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Boolean.parseBoolean(args[2]),
                Integer.parseInt(args[3]), Integer.parseInt(args[4]), Long.parseLong(args[5]));
    }
}
