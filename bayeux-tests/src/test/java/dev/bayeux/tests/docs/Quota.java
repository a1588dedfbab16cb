package dev.bayeux.tests.docs;

import dev.bayeux.api.extension.BayeuxMessage;
import dev.bayeux.api.extension.Extension;
import dev.bayeux.api.extension.ExtensionProvider;
import dev.bayeux.api.extension.SessionChange;
import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Publishes no more than the server says may still be published, in the {@code ext.quota} of its replies. */
public final class Quota implements Extension {

    private volatile long left = Long.MAX_VALUE;

    @Override
    public @Nullable BayeuxMessage outgoing(BayeuxMessage message) {
        if (message.channel().equals("/meta/handshake")) {
            return message.withExt("quota", JsonValue.TRUE);
        }
        return message.isMeta() || left > 0 ? message : null;
    }

    @Override
    public BayeuxMessage incoming(BayeuxMessage message) {
        if (message.ext().get("quota") instanceof JsonNumber remaining) {
            left = remaining.longValue();
        }
        return message;
    }

    @Override
    public void sessionChanged(SessionChange change) {
        if (change instanceof SessionChange.Ended) {
            left = Long.MAX_VALUE;
        }
    }

    /** How much may still be published; for any thread. */
    public long left() {
        return left;
    }

    /** Found by its name. */
    public static final class Provider implements ExtensionProvider {

        @Override
        public String name() {
            return "quota";
        }

        @Override
        public Extension create() {
            return new Quota();
        }
    }
}
