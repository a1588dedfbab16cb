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

/** What the verbs of one shell share. Used by one thread, but for the channels that messages bring. */
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
     * Over a client.
     *
     * @param client connected
     * @param console shows what comes
     * @param server its address, as it may be shown
     * @param chat the channel of {@code say}
     * @param user who says it
     * @param replay where subscriptions begin
     * @param options which channels can be used
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

    /** A name of a channel that can be used. */
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
     * {@return whether the server has ended the session, and no other one was made}
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

    /** Something went well, which nobody but a person needs to hear. */
    void done(String what) {
        if (console.isForPeople()) {
            console.note(what);
        }
    }

    /** {@return whether it was not there before} */
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

    /** {@return whether it was there} */
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

    /** For completion, which writes it to the terminal as it is: nothing that would control it. */
    void remember(String channel) {
        if (Explanation.visible(channel).equals(channel)) {
            known.add(channel);
        }
    }

    /** {@return channels that have been seen or named} */
    Collection<String> knownChannels() {
        return known;
    }
}
