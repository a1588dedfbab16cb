package dev.bayeux.tests.contract;

import dev.bayeux.api.extension.BayeuxMessage;
import dev.bayeux.api.extension.Extension;
import dev.bayeux.api.extension.SessionChange;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An extension that writes down what it sees, signs what leaves, and otherwise does what a test says. */
final class ClientWatching implements Extension {

    /** {@code ">"} and the channel of what leaves, {@code "<"} and the channel of what comes, and changes. */
    final List<String> seen;
    final List<BayeuxMessage> sent = new CopyOnWriteArrayList<>();
    private boolean required;
    private final String name;
    volatile Function<BayeuxMessage, @Nullable BayeuxMessage> outgoing = message -> message;
    volatile Function<BayeuxMessage, @Nullable BayeuxMessage> incoming = message -> message;

    ClientWatching(String name) {
        this(name, new CopyOnWriteArrayList<>());
    }

    ClientWatching(String name, List<String> seen) {
        this.name = name;
        this.seen = seen;
    }

    /** One that no message passes by. */
    static ClientWatching required(String name) {
        ClientWatching watching = new ClientWatching(name);
        watching.required = true;
        return watching;
    }

    /** Holds back what leaves for a channel. */
    static ClientWatching holdingBack(String channel) {
        ClientWatching watching = new ClientWatching("holding");
        watching.outgoing = message -> message.channel().equals(channel) ? null : message;
        return watching;
    }

    long count(String what) {
        return seen.stream().filter(what::equals).count();
    }

    /** What was seen first; a part of the list itself would not bear that it grows meanwhile. */
    List<String> first(int count) {
        return seen.stream().limit(count).toList();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isRequired() {
        return required;
    }

    @Override
    public @Nullable BayeuxMessage outgoing(BayeuxMessage message) {
        seen.add(">" + message.channel());
        sent.add(message);
        BayeuxMessage left = outgoing.apply(message);
        return left == null ? null : left.withExt(name, JsonValue.TRUE);
    }

    @Override
    public @Nullable BayeuxMessage incoming(BayeuxMessage message) {
        seen.add("<" + message.channel());
        return incoming.apply(message);
    }

    @Override
    public void sessionChanged(SessionChange change) {
        seen.add(change instanceof SessionChange.HandshakeFailed ? "HandshakeFailed" : change.toString());
    }
}
