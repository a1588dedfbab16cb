package dev.bayeux.core.simulation;

import dev.bayeux.api.extension.BayeuxMessage;
import dev.bayeux.api.extension.Extension;
import dev.bayeux.api.extension.SessionChange;
import dev.bayeux.core.message.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An extension that stamps what leaves, and holds back or fails at some of it. Each message that leaves has passed it, with
 * its last stamp; what it has held back never leaves; what a handler gets has passed it; it has one call at a time; and
 * sessions begin and end in turn.
 */
final class Stamps implements Extension, Wire {

    private static final Json JSON = Json.find();
    private static final String NAME = "stamp";
    private static final long MOMENT_NS = TimeUnit.SECONDS.toNanos(1);

    private final World world;
    private final Faults faults;
    /** The last stamp of each id; of those that it failed at, none is needed. */
    private final Map<String, Long> stamps = new HashMap<>();
    private final Set<String> failed = new HashSet<>();
    private final Set<String> held = new HashSet<>();
    private final Set<String> passed = new HashSet<>();
    private LongConsumer heldBack = number -> {};
    private BiConsumer<String, String> heldBackSubscribe = (session, channel) -> {};
    private boolean busy;
    private boolean session;
    private long endedNs = Long.MIN_VALUE;
    private long last;

    Stamps(World world, Faults faults) {
        this.world = world;
        this.faults = faults;
    }

    long passed() {
        return last + passed.size();
    }

    long heldBack() {
        return held.size();
    }

    /**
     * Also reports the number of each message of the program that it holds back, and the session and channel of a subscribe.
     */
    void whenHeldBack(LongConsumer newHeldBack, BiConsumer<String, String> newHeldBackSubscribe) {
        heldBack = newHeldBack;
        heldBackSubscribe = newHeldBackSubscribe;
    }

    private void enter() {
        if (busy) {
            world.fail("An extension is called twice at the same time.");
        }
        busy = true;
        world.pause();
    }

    @Override
    public @Nullable BayeuxMessage outgoing(BayeuxMessage message) {
        enter();
        try {
            String id = message.id().orElse("");
            // A connect that was about to leave may come after the end of its session; it does not leave.
            boolean justEnded = endedNs != Long.MIN_VALUE && world.nowNs() - endedNs < MOMENT_NS;
            if (message.channel().equals("/meta/connect") && !session && !justEnded) {
                world.fail("A connect leaves in a session that the extension has not been told of: " + message);
            }
            if (faults.strikes(Fault.EXTENSION_THROWS)) {
                // A message of the program and a subscribe are not sent without this extension; all others continue
                // unchanged.
                if (message.isMeta() && !message.channel().equals("/meta/subscribe")) {
                    failed.add(id);
                } else {
                    holdBack(message, id);
                }
                throw new IllegalStateException("an extension that throws");
            }
            if (!message.isMeta() && faults.strikes(Fault.HELD_BACK)) {
                holdBack(message, id);
                return null;
            }
            stamps.put(id, ++last);
            return message.withExt(NAME, JSON.number(last));
        } finally {
            busy = false;
        }
    }

    private void holdBack(BayeuxMessage message, String id) {
        held.add(id);
        message.subscriptions().forEach(channel -> heldBackSubscribe.accept(message.clientId().orElse(""), channel));
        if (message.data().orElse(null) instanceof JsonObject publish
                && publish.get("p") instanceof JsonNumber number) {
            heldBack.accept(number.longValue());
        }
    }

    @Override
    public BayeuxMessage incoming(BayeuxMessage message) {
        enter();
        try {
            message.text().ifPresent(passed::add);
            if (faults.strikes(Fault.EXTENSION_THROWS)) {
                throw new IllegalStateException("an extension that throws");
            }
            return message;
        } finally {
            busy = false;
        }
    }

    @Override
    public void sessionChanged(SessionChange change) {
        enter();
        try {
            if (change instanceof SessionChange.Ended) {
                if (!session) {
                    world.fail("An extension hears of the end of a session that had not begun.");
                }
                session = false;
                endedNs = world.nowNs();
            } else if (change instanceof SessionChange.Started) {
                if (session) {
                    world.fail("An extension hears of a new session, and the last has not ended.");
                }
                session = true;
            }
        } finally {
            busy = false;
        }
    }

    @Override
    public void sent(Object transport, String connectionType, List<ClientMessage> messages, long untilNs) {
        for (ClientMessage message : messages) {
            String id = message.id();
            if (held.contains(id)) {
                world.fail("What an extension has held back is sent: " + message.json());
            }
            boolean stamped = message.ext(NAME) instanceof JsonNumber number
                    && Long.valueOf(number.longValue()).equals(stamps.get(id));
            if (!stamped && !failed.contains(id)) {
                world.fail("A message leaves that has not passed the extension: " + message.json());
            }
        }
    }

    /** A handler gets a message. */
    void handed(String text) {
        if (!passed.contains(text)) {
            world.fail("A message that has not passed the extension is handled: " + text);
        }
    }
}
