package dev.bayeux.core.exhaustive;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.protocol.ProtocolCore;
import dev.bayeux.core.protocol.Subscriber;
import dev.bayeux.core.session.SessionKey;
import dev.bayeux.core.session.SessionState;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells which states of a core behave alike. Writes all fields of all objects that the core consists of: times count from
 * now, numbers from the newest one, and ids are replaced by their order. A field that the core gets some day counts by
 * itself; only what is named here does not.
 */
final class Fingerprint {

    private static final String ENGINE = "dev.bayeux.core.";
    /** Counters, random numbers, and lists that are empty between two inputs. */
    private static final Set<String> WITHOUT_MEANING = Set.of("version", "random", "seed", "lastId", "lastNumber",
            "effects", "events", "settled", "matching", "found", "json", "machine", "connectEndedNs", "replyServed",
            "answered", "Connectivity.number", "ProtocolCore.all", "ProtocolCore.answer", "CurrentSession.made");
    /** Objects of these classes never change. */
    private static final Set<String> CONSTANT = Set.of("SessionMachine", "Json", "Effects", "ReplyRouter");
    private static final Set<String> IDS = Set.of("id", "clientId", "byId", "owed");
    private static final Set<String> NUMBERS = Set.of("handledUpTo", "saved", "uncertainUpTo", "ceiling", "number");
    private static final Map<Class<?>, Field[]> FIELDS = new ConcurrentHashMap<>();

    /** The hash of what was written, long enough for no two to be the same by chance. */
    record Key(long one, long other) {}

    private final SessionState session;
    private final long nowNs;
    private final long incrementNs;
    private final long lastNumber;
    private final long connection;
    private final long socketsEnded;
    private final boolean sends;
    private final Map<Object, Integer> seen = new IdentityHashMap<>();
    private final Map<String, Integer> names = new HashMap<>();
    private final StringBuilder out = new StringBuilder(2048);

    private Fingerprint(ProtocolCore core, long nowNs, long incrementNs) {
        this.session = core.view().session();
        this.nowNs = nowNs;
        this.incrementNs = incrementNs;
        this.lastNumber = (long) read(read(core, "messages"), "lastNumber");
        this.sends = find(read(core, "session"), "due") != null;
        Object connectivity = read(core, "connectivity");
        this.connection = (int) read(connectivity, "number");
        this.socketsEnded = (long) read(connectivity, "socketsEnded");
    }

    /**
     * {@return the key of a state}
     *
     * @param core the core
     * @param others what the rules and the network remember
     */
    static Key of(ProtocolCore core, long nowNs, long incrementNs, Object... others) {
        Fingerprint print = new Fingerprint(core, nowNs, incrementNs);
        for (Object each : others) {
            print.write("", each);
        }
        print.write("", core);
        return print.key();
    }

    private Key key() {
        long one = 0xcbf29ce484222325L;
        long other = 0x9e3779b97f4a7c15L;
        for (int n = 0; n < out.length(); n++) {
            one = (one ^ out.charAt(n)) * 0x100000001b3L;
            other = Long.rotateLeft(other, 5) * 0xff51afd7ed558ccdL + out.charAt(n);
        }
        return new Key(one, other);
    }

    private void write(String field, @Nullable Object value) {
        switch (value) {
            case null -> out.append('-');
            case Boolean yes -> out.append(yes ? 't' : 'f');
            case Integer number -> out.append(field.equals("connection") ? connection - number : number);
            case Long number -> out.append(number(field, number));
            case String text -> text(field, text);
            case Enum<?> word -> out.append(word.name());
            case SessionState state -> out.append(SessionKey.of(state, nowNs, incrementNs));
            case BayeuxException failure -> out.append(failure.getClass().getSimpleName()).append(failure.kind());
            case Map<?, ?> map -> map(field, map);
            case Collection<?> all -> collection(field, all);
            default -> object(value);
        }
        out.append(';');
    }

    private String number(String field, long number) {
        boolean unused = field.equals("pausedUntilNs") && !sends;
        if (number == Long.MAX_VALUE || number == Long.MIN_VALUE || unused) {
            return "never";
        } else if (field.endsWith("Ns") && !field.equals("limitNs")) {
            return Long.toString(number - nowNs);
        } else if (NUMBERS.contains(field)) {
            return Long.toString(lastNumber - number);
        }
        return Long.toString(switch (field) {
            case "serial" -> session.serial() - number;
            case "socketsEnded" -> socketsEnded - number;
            default -> number;
        });
    }

    private void text(String field, String text) {
        if (IDS.contains(field)) {
            out.append('i').append(names.computeIfAbsent(text, any -> names.size()));
        } else if (!field.equals("newest")) {
            out.append(text);
        }
    }

    private void collection(String field, Collection<?> all) {
        List<Object> sorted = new ArrayList<>(all);
        if (all instanceof Set && !(all instanceof LinkedHashSet)) {
            sorted.sort(Comparator.comparing(Fingerprint::order));
        }
        sorted.forEach(each -> write(field, each));
        out.append(']');
    }

    private static String order(Object element) {
        return element instanceof Request request
                ? request.kind() + request.channel() + request.body()
                : element.toString();
    }

    private void map(String field, Map<?, ?> map) {
        List<Map.Entry<?, ?>> sorted = new ArrayList<>(map.entrySet());
        // A subscriber that is not known any more has left, and handles nothing.
        sorted.removeIf(entry -> entry.getKey() instanceof Subscriber gone && !seen.containsKey(gone));
        if (!(map instanceof LinkedHashMap)) {
            sorted.sort(Comparator.comparing(entry -> entry.getKey() instanceof Subscriber known
                    ? String.valueOf(seen.get(known))
                    : entry.getKey().toString()));
        }
        for (Map.Entry<?, ?> entry : sorted) {
            write(field, entry.getKey());
            write(field, entry.getValue());
        }
        out.append('}');
    }

    private void object(Object value) {
        Class<?> type = value.getClass();
        if (!type.getName().startsWith(ENGINE) || CONSTANT.contains(type.getSimpleName())) {
            // Of others, or without a state.
            return;
        }
        Integer known = seen.putIfAbsent(value, seen.size());
        if (known != null) {
            out.append('#').append(known);
            return;
        }
        out.append(type.getSimpleName()).append('{');
        for (Field field : fields(type)) {
            write(field.getName(), get(value, field));
        }
        out.append('}');
    }

    private static Field[] fields(Class<?> type) {
        return FIELDS.computeIfAbsent(type,
                any -> Arrays.stream(type.getDeclaredFields())
                        .filter(field -> !Modifier.isStatic(field.getModifiers())
                                && !WITHOUT_MEANING.contains(field.getName())
                                && !WITHOUT_MEANING.contains(type.getSimpleName() + "." + field.getName()))
                        .peek(field -> field.setAccessible(true)).toArray(Field[]::new));
    }

    private static @Nullable Object get(Object of, Field field) {
        try {
            return field.get(of);
        } catch (IllegalAccessException denied) {
            throw new IllegalStateException(denied);
        }
    }

    private static Object read(Object of, String name) {
        return Objects.requireNonNull(find(of, name));
    }

    private static @Nullable Object find(Object of, String name) {
        try {
            Field field = of.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(of);
        } catch (ReflectiveOperationException gone) {
            throw new IllegalStateException("The fingerprint has to follow the core: " + gone.getMessage(), gone);
        }
    }
}
