package dev.bayeux.core.delivery;

import java.util.Arrays;

/**
 * Bytes as text (ZeroMQ RFC 32): four bytes, most significant first, are five digits of a number with base 85. As
 * CometD does it, a tail of one to three bytes has one digit more than it has bytes.
 */
final class Z85 {

    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
    private static final int BASE = 85;
    private static final int GROUP_BYTES = 4;
    private static final int GROUP_DIGITS = 5;
    private static final long LARGEST_GROUP = 0xFFFF_FFFFL;
    private static final byte[] VALUES = values();

    private Z85() {
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        for (int n = 0; n < BASE; n++) {
            values[DIGITS.charAt(n)] = (byte) n;
        }
        return values;
    }

    static String encode(byte[] bytes) {
        StringBuilder to = new StringBuilder(bytes.length / GROUP_BYTES * GROUP_DIGITS + GROUP_DIGITS);
        char[] digits = new char[GROUP_DIGITS];
        for (int at = 0; at < bytes.length; at += GROUP_BYTES) {
            int present = Math.min(GROUP_BYTES, bytes.length - at);
            long group = 0;
            for (int n = 0; n < GROUP_BYTES; n++) {
                group = group << 8 | (n < present ? bytes[at + n] & 0xFF : 0);
            }
            for (int n = GROUP_DIGITS - 1; n >= 0; n--) {
                digits[n] = DIGITS.charAt((int) (group % BASE));
                group /= BASE;
            }
            to.append(digits, 0, present + 1);
        }
        return to.toString();
    }

    /** Reads a text. Throws {@link IllegalArgumentException} if the text encodes no bytes. */
    static byte[] decode(String text) {
        int tail = text.length() % GROUP_DIGITS;
        if (tail == 1) {
            throw new IllegalArgumentException(
                    "%d characters cannot be Z85: a last group has at least two".formatted(text.length()));
        }
        byte[] bytes = new byte[text.length() / GROUP_DIGITS * GROUP_BYTES + Math.max(0, tail - 1)];
        int to = 0;
        for (int at = 0; at < text.length(); at += GROUP_DIGITS) {
            long group = 0;
            for (int n = at; n < at + GROUP_DIGITS; n++) {
                group = group * BASE + (n < text.length() ? value(text, n) : BASE - 1);
            }
            if (group > LARGEST_GROUP) {
                throw new IllegalArgumentException("The group at character %d is too large for Z85".formatted(at));
            }
            for (int shift = 24; shift >= 0 && to < bytes.length; shift -= 8) {
                bytes[to++] = (byte) (group >> shift);
            }
        }
        return bytes;
    }

    private static int value(String text, int at) {
        char c = text.charAt(at);
        int value = c < VALUES.length ? VALUES[c] : -1;
        if (value < 0) {
            throw new IllegalArgumentException("Character %d is no digit of Z85".formatted(at));
        }
        return value;
    }
}
