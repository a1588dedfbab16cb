package dev.bayeux.core.message;

import java.util.Arrays;

/** The open objects and arrays, one bit for each, since a server may nest a hundred thousand of them. */
final class Nesting {

    private long[] objects = new long[1];
    private int depth;

    void clear() {
        depth = 0;
    }

    boolean isOutside() {
        return depth == 0;
    }

    int depth() {
        return depth;
    }

    boolean isInObject() {
        int last = depth - 1;
        return (objects[last >> 6] & 1L << last) != 0;
    }

    void enter(boolean object) {
        int word = depth >> 6;
        if (word == objects.length) {
            objects = Arrays.copyOf(objects, 2 * word);
        }
        long bit = 1L << depth;
        objects[word] = object ? objects[word] | bit : objects[word] & ~bit;
        depth++;
    }

    void leave() {
        depth--;
    }
}
