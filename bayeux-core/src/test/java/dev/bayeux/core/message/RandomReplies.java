package dev.bayeux.core.message;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Makes replies at random: always the same ones from the same seed, so that a failure comes again. */
final class RandomReplies {

    private static final List<String> NAMES = List.of("channel", "id", "successful", "error", "clientId", "advice",
            "ext",
            "subscription", "supportedConnectionTypes", "x-messages", "data", "unknown", "", "Data", "chann\\u0065l",
            "dat\\u0061", "timestamp", "channel ", "successfuL");

    private static final List<String> TEXTS = List.of("", "/a", "/meta/connect", "/\u65e5\u672c",
            "402::session_unknown",
            "7", "\\\"", "\\\\", "\\\\\\\"", "\\u00e9\\uD83D\\ude00", "\uD83D\uDE00", "]}", "{[", "\\/*", "*\\/",
            "\\b\\f\\n\\r\\t",
            "true", "false", "x,y:z", "retry", "\u007f", "\u2028", "\\u0000");

    private static final List<String> NUMBERS = List.of("0", "-0", "7", "-1", "9223372036854775807",
            "18446744073709551616",
            "0.5", "-3.25E+1", "1e3", "1.0e-2", "123456789012345678901234567890.10");

    private static final List<String> WHITE = List.of("", "", "", "", "", " ", "\n", "\r\n\t", "  ");

    private static final String ALPHABET = "[]{}\":,\\/*-+.eE0179tfnu \n\u0000\u00e9\uD83D\uDE00\uFEFF";

    private final Random random;

    RandomReplies(long seed) {
        this.random = new Random(seed);
    }

    /** A reply that is JSON. */
    String valid() {
        String bare = random.nextInt(20) == 0 ? message() : list(() -> random.nextInt(15) == 0 ? value(3) : message());
        return switch (random.nextInt(15)) {
            case 0 -> "/*" + bare + "*/";
            case 1 -> "\uFEFF" + bare;
            case 2 -> " \n" + bare + "\r\n";
            default -> bare;
        };
    }

    /** The same with some changes, after which it seldom is. */
    String changed(String reply) {
        StringBuilder text = new StringBuilder(reply);
        for (int changes = 1 + random.nextInt(3); changes > 0 && !text.isEmpty(); changes--) {
            int at = random.nextInt(text.length());
            int other = random.nextInt(text.length());
            char some = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(6)) {
                case 0 -> text.setCharAt(at, some);
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.insert(at, some);
                case 3 -> text.setLength(at);
                case 4 -> text.delete(Math.min(at, other), Math.max(at, other));
                default -> text.insert(at, text.substring(Math.min(at, other), Math.max(at, other)));
            }
        }
        return text.toString();
    }

    /** No reply at all. */
    String noise() {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(30); length > 0; length--) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    private String message() {
        return object(() -> random.nextInt(3) == 0
                ? "\"data\"" + white() + ":" + value(3)
                : "\"" + one(NAMES) + "\"" + white() + ":" + value(2));
    }

    private String value(int depth) {
        return white() + switch (random.nextInt(depth == 0 ? 6 : 9)) {
            case 0, 1, 2 -> "\"" + one(TEXTS) + one(TEXTS) + "\"";
            case 3 -> one(NUMBERS);
            case 4 -> random.nextBoolean() ? "true" : "false";
            case 5 -> "null";
            case 6 -> list(() -> value(depth - 1));
            default -> object(() -> "\"" + one(TEXTS) + "\"" + white() + ":" + value(depth - 1));
        } + white();
    }

    private String object(Supplier<String> field) {
        return "{" + joined(field) + "}";
    }

    private String list(Supplier<String> element) {
        return "[" + joined(element) + "]";
    }

    private String joined(Supplier<String> part) {
        StringBuilder all = new StringBuilder(white());
        for (int parts = random.nextInt(5); parts > 0; parts--) {
            all.append(part.get()).append(parts > 1 ? "," : "").append(white());
        }
        return all.toString();
    }

    private String white() {
        return one(WHITE);
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
