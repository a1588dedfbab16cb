package dev.bayeux.core.transport;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The last texts that were sent and received, within limits. They contain secrets; the reader redacts them. */
final class LastTexts {

    /** Whether a text was sent, was received, or describes a failure. */
    record Line(String what, String text) {}

    private final int most;
    private final int mostCharacters;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Line> lines = new ArrayDeque<>(2);
    private int characters;

    LastTexts(int most, int mostCharacters) {
        this.most = most;
        this.mostCharacters = mostCharacters;
    }

    void add(String what, String text) {
        if (most == 0) {
            return;
        }
        // A cut text is no JSON, so its secrets could not be found.
        Line line = text.length() <= mostCharacters
                ? new Line(what, text)
                : new Line("%s %d characters".formatted(what, text.length()), "");
        lock.lock();
        try {
            lines.addLast(line);
            characters += line.text().length();
            while (lines.size() > most || characters > mostCharacters && lines.size() > 1) {
                characters -= lines.removeFirst().text().length();
            }
        } finally {
            lock.unlock();
        }
    }

    List<Line> all() {
        lock.lock();
        try {
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }
}
