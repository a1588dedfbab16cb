package dev.bayeux.oauth;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Holds the refresh token in use, and passes on each one that the authorization server issues in its place. */
final class RefreshToken {

    private final @Nullable Consumer<String> onReplaced;
    private volatile @Nullable String value;

    RefreshToken(@Nullable String value, @Nullable Consumer<String> onReplaced) {
        this.value = value;
        this.onReplaced = onReplaced;
    }

    @Nullable
    String value() {
        return value;
    }

    /** Uses another token from now on, even if the program's consumer throws. */
    void replace(String next) {
        if (next.equals(value)) {
            return;
        }
        value = next;
        if (onReplaced != null) {
            onReplaced.accept(next);
        }
    }
}
