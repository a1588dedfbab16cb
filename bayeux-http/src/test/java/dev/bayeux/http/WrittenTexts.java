package dev.bayeux.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A socket that collects the texts that are written to it, and ignores {@code close} and {@code abort}. */
final class WrittenTexts implements MessageSocket {

    private final List<String> texts;

    WrittenTexts(List<String> texts) {
        this.texts = texts;
    }

    @Override
    public CompletableFuture<?> write(String text) {
        texts.add(text);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close(int code, String reason) {
        // Ignored: no test reads it.
    }

    @Override
    public void abort() {
        // Ignored: no test reads it.
    }
}
