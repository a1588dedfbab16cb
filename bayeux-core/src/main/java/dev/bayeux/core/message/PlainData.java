package dev.bayeux.core.message;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes data that consists of the JDK's maps, lists, strings, numbers and booleans, as most published data does. JSON has
 * one form for it, so it needs no binding library, which would cost many times as much.
 */
public final class PlainData {

    private static final String COLLECTIONS = "java.util";

    private final StringBuilder to = new StringBuilder(256);
    /** Bytes in UTF-8 minus characters. */
    private int more;

    private PlainData() {
    }

    /** Writes data as JSON; {@code null} if the data is not plain and needs a binding. */
    public static @Nullable JsonData write(Object data) {
        PlainData writing = new PlainData();
        return writing.isWritten(data)
                ? new JsonData(writing.to.toString(), writing.to.length() + writing.more)
                : null;
    }

    private boolean isWritten(@Nullable Object value) {
        return switch (value) {
            case String text -> {
                more += JsonText.quote(to, text);
                yield true;
            }
            case Integer number -> {
                to.append(number.intValue());
                yield true;
            }
            case Long number -> {
                to.append(number.longValue());
                yield true;
            }
            case Double number -> {
                to.append(number.doubleValue());
                // JSON has no form for NaN and infinity; the binding decides.
                yield Double.isFinite(number);
            }
            case Boolean truth -> {
                to.append(truth.booleanValue());
                yield true;
            }
            case Map<?, ?> map -> isOfTheJdk(map) && isMapWritten(map);
            case List<?> list -> isOfTheJdk(list) && isListWritten(list);
            case null, default -> false;
        };
    }

    /** Whether a collection is the JDK's: a class of the program can have a special binding. */
    private static boolean isOfTheJdk(Object collection) {
        return collection.getClass().getPackageName().equals(COLLECTIONS);
    }

    private boolean isMapWritten(Map<?, ?> map) {
        char before = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String name)) {
                return false;
            }
            more += JsonText.quote(to.append(before), name);
            to.append(':');
            if (!isWritten(entry.getValue())) {
                return false;
            }
            before = ',';
        }
        to.append(before == '{' ? "{}" : "}");
        return true;
    }

    private boolean isListWritten(List<?> list) {
        char before = '[';
        for (Object element : list) {
            to.append(before);
            if (!isWritten(element)) {
                return false;
            }
            before = ',';
        }
        to.append(before == '[' ? "[]" : "]");
        return true;
    }
}
