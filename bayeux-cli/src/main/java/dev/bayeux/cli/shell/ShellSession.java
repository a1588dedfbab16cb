package dev.bayeux.cli.shell;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.Subscription;
import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.Explanation;
import dev.bayeux.cli.console.MessagePrinter;
import dev.bayeux.cli.options.ClientOptions;
import dev.bayeux.cli.options.ReplayOptions;
import dev.bayeux.cli.options.Wildcard;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The state that the verbs of one shell share. For one thread, except {@link #remember}, which message handlers call.
 */
public final class ShellSession {

    private final BayeuxClient client;
    private final Console console;
    private final String server;
    private final String chat;
    private final String user;
    private final ReplayOptions replay;
    private final ClientOptions options;
    private final MessagePrinter printer;
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final Set<String> known = new ConcurrentSkipListSet<>();
    private boolean left;

    /**
     * Makes a session over a client.
     *
     * @param client the client, connected
     * @param console shows the messages
     * @param server the address of the server, without secrets
     * @param chat the channel of {@code say}
     * @param user the name in messages of {@code say}
     * @param replay the position where subscriptions begin
     * @param options check channels
     */
    public ShellSession(BayeuxClient client, Console console, String server, String chat, String user,
            ReplayOptions replay, ClientOptions options) {
        this.options = options;
        this.client = client;
        this.console = console;
        this.server = server;
        this.chat = chat;
        this.user = user;
        this.replay = replay;
        this.printer = new MessagePrinter(console);
        known.add(chat);
    }

    /** Checks a channel and returns it. */
    String checked(String channel, boolean patternAllowed) {
        return options.checked(channel, patternAllowed);
    }

    BayeuxClient client() {
        return client;
    }

    Console console() {
        return console;
    }

    String server() {
        return server;
    }

    String chat() {
        return chat;
    }

    String user() {
        return user;
    }

    /**
     * {@return whether the session has ended by a failure, such as a disconnect by the server, and no other session
     *         exists}
     */
    boolean hasEnded() {
        return client.state().isDisconnected() && client.state().lastFailure().isPresent();
    }

    void leave() {
        left = true;
    }

    boolean hasLeft() {
        return left;
    }

    /** Reports a success to a person; programs need no such report. */
    void done(String what) {
        if (console.isForPeople()) {
            console.note(what);
        }
    }

    /** {@return whether this call has made the subscription; {@code false} if it existed} */
    boolean subscribe(String channel) throws InterruptedException {
        if (subscriptions.containsKey(channel)) {
            return false;
        }
        subscriptions.put(checked(channel, true), replay.start(channel, client.subscription(channel),
                builder -> builder.start(message -> {
                    remember(message.channel());
                    printer.print(message);
                })));
        remember(channel);
        return true;
    }

    /** {@return whether there was a subscription} */
    boolean unsubscribe(String channel) {
        Subscription subscription = subscriptions.remove(channel);
        if (subscription == null) {
            return false;
        }
        subscription.close();
        return true;
    }

    /** {@return whether messages on this channel are printed} */
    boolean isSubscribed(String channel) {
        return subscriptions.keySet().stream().anyMatch(pattern -> Wildcard.of(pattern).matches(channel));
    }

    Collection<String> subscriptions() {
        return List.copyOf(subscriptions.keySet());
    }

    /**
     * Remembers a channel for completion, which writes it to the terminal unchanged. Ignores a channel that would
     * control the terminal.
     */
    void remember(String channel) {
        if (Explanation.visible(channel).equals(channel)) {
            known.add(channel);
        }
    }

    /** {@return the channels that messages or the user have named} */
    Collection<String> knownChannels() {
        return known;
    }
}
