package dev.bayeux.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A socket that keeps what is written to it, and takes no notice of its end. */
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
        // Not looked at.
    }

    @Override
    public void abort() {
        // Not looked at.
    }
}
