package dev.bayeux.core.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Changes inputs a little: always in the same way from the same seed. */
final class Mutator {

    private static final byte[] TELLING = "[]{}\":,\\/*-+.eE019tfnu=;<> \n\t\0\u007f\u0080\u00c3\u00ff"
            .getBytes(StandardCharsets.ISO_8859_1);

    private final Random random;
    private final List<byte[]> corpus;

    Mutator(long seed, List<byte[]> corpus) {
        this.random = new Random(seed);
        this.corpus = corpus;
    }

    byte[] next() {
        byte[] input = any();
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            input = change(input);
        }
        return input;
    }

    private byte[] change(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int until = at + random.nextInt(input.length - at + 1);
        byte[] other = any();
        int otherAt = random.nextInt(other.length + 1);
        return switch (random.nextInt(5)) {
            case 0 -> joined(input, at, new byte[]{TELLING[random.nextInt(TELLING.length)]}, 0, input, at);
            case 1 -> joined(input, at, new byte[]{TELLING[random.nextInt(TELLING.length)]}, 0, input,
                    Math.min(at + 1, input.length));
            case 2 -> joined(input, at, new byte[0], 0, input, until);
            case 3 -> joined(input, until, new byte[0], 0, input, at);
            default -> joined(input, at, other, otherAt, new byte[0], 0);
        };
    }

    private static byte[] joined(byte[] first, int firstEnd, byte[] second, int secondStart, byte[] third,
            int thirdStart) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(first, 0, firstEnd);
        bytes.write(second, secondStart, second.length - secondStart);
        bytes.write(third, thirdStart, third.length - thirdStart);
        return bytes.toByteArray();
    }

    private byte[] any() {
        return corpus.get(random.nextInt(corpus.size()));
    }
}
