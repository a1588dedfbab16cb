package dev.bayeux.api.position;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The text of a file of positions: a headline, then lines {@code CHECKSUM POSITION CHANNEL}, a later one for a channel
 * winning over an earlier one. A position is a number, or text in quotes with {@code \\uXXXX} for all but plain ASCII; the
 * position {@code -} says that there is none any more. Files of version 1, which had numbers only, are read as well.
 */
final class PositionLines {

    static final byte[] HEADLINE = "bayeux-positions 2\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] HEADLINE_1 = "bayeux-positions 1\n".getBytes(StandardCharsets.US_ASCII);

    private static final String NONE = "-";
    private static final int CHECKSUM_LENGTH = 8;

    /** What could be read: the positions, how many bytes of the file are good, and whether it is of an older version. */
    record Contents(Map<String, Position> positions, int length, boolean isOld) {}

    private PositionLines() {
    }

    /** One line; {@code null} removes. */
    static byte[] line(String channel, @Nullable Position position) {
        String text = (position == null ? NONE : token(position)) + ' ' + escape(channel);
        return (checksum(text) + ' ' + text + '\n').getBytes(StandardCharsets.UTF_8);
    }

    /** Reads up to the first line that is not whole and right; {@code null} if it is another kind of file. */
    static @Nullable Contents read(byte[] file) {
        Map<String, Position> positions = new LinkedHashMap<>();
        int common = Math.min(file.length, HEADLINE.length);
        boolean old = Arrays.equals(file, 0, common, HEADLINE_1, 0, common);
        if (!old && !Arrays.equals(file, 0, common, HEADLINE, 0, common)) {
            return null;
        }
        if (common < HEADLINE.length) {
            return new Contents(positions, 0, false);
        }
        int start = common;
        for (int end = lineEnd(file, start); end >= 0; end = lineEnd(file, start)) {
            if (!take(new String(file, start, end - start, StandardCharsets.UTF_8), positions)) {
                break;
            }
            start = end + 1;
        }
        return new Contents(positions, start, old);
    }

    private static int lineEnd(byte[] file, int start) {
        for (int n = start; n < file.length; n++) {
            if (file[n] == '\n') {
                return n;
            }
        }
        return -1;
    }

    private static boolean take(String line, Map<String, Position> positions) {
        int space = line.indexOf(' ', CHECKSUM_LENGTH + 1);
        if (space < 0 || line.charAt(CHECKSUM_LENGTH) != ' '
                || !line.startsWith(checksum(line.substring(CHECKSUM_LENGTH + 1)))) {
            return false;
        }
        String position = line.substring(CHECKSUM_LENGTH + 1, space);
        String channel = unescape(line.substring(space + 1));
        try {
            if (position.equals(NONE)) {
                positions.remove(channel);
            } else {
                positions.put(channel, position(position));
            }
            return true;
        } catch (IllegalArgumentException | IndexOutOfBoundsException writtenByHand) {
            return false;
        }
    }

    private static String token(Position position) {
        if (!position.isText()) {
            return position.replayId();
        }
        StringBuilder token = new StringBuilder("\"");
        position.replayId().chars().forEach(c -> {
            if (c > ' ' && c <= '~' && c != '\\') {
                token.append((char) c);
            } else {
                token.append("\\u").append(HexFormat.of().toHexDigits((char) c));
            }
        });
        return token.append('"').toString();
    }

    private static Position position(String token) {
        if (!token.startsWith("\"")) {
            return new Position(token, false);
        }
        StringBuilder id = new StringBuilder();
        for (int n = 1; n < token.length() - 1; n++) {
            char c = token.charAt(n);
            if (c == '\\') {
                c = (char) HexFormat.fromHexDigits(token, n + 2, n + 6);
                n += 5;
            }
            id.append(c);
        }
        return Position.after(id.toString());
    }

    private static String checksum(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits(sum.getValue(), CHECKSUM_LENGTH);
    }

    /** Channels of lenient rules may have line ends in them. */
    private static String escape(String channel) {
        return channel.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String unescape(String text) {
        StringBuilder channel = new StringBuilder(text.length());
        for (int n = 0; n < text.length(); n++) {
            char c = text.charAt(n);
            if (c == '\\' && n + 1 < text.length()) {
                n++;
                c = text.charAt(n) == 'n' ? '\n' : text.charAt(n);
            }
            channel.append(c);
        }
        return channel.toString();
    }
}
