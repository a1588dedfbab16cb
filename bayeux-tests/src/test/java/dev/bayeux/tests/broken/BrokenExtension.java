package dev.bayeux.tests.broken;

import dev.bayeux.api.extension.BayeuxMessage;
import dev.bayeux.api.extension.Extension;
import dev.bayeux.api.extension.SessionChange;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Adds {@code ext.mine.n} to what leaves and reads it from what comes. The others make one mistake each. */
class BrokenExtension implements Extension {

    static final String MINE = "mine";

    @Override
    public @Nullable BayeuxMessage outgoing(BayeuxMessage message) {
        return message.withExt(MINE, Json.createObjectBuilder().add("n", 7).build());
    }

    static final class Forgets extends BrokenExtension {
        @Override
        public @Nullable BayeuxMessage outgoing(BayeuxMessage message) {
            BayeuxMessage changed = message;
            for (String name : message.ext().keySet()) {
                changed = changed.withoutExt(name);
            }
            return super.outgoing(changed);
        }
    }

    static final class Trusts extends BrokenExtension {
        @Override
        public @Nullable BayeuxMessage incoming(BayeuxMessage message) {
            if (message.ext().containsKey(MINE)) {
                message.ext().getJsonObject(MINE).getInt("n");
            }
            return message;
        }
    }

    static final class ExpectsData extends BrokenExtension {
        @Override
        public @Nullable BayeuxMessage incoming(BayeuxMessage message) {
            return message.isMeta() ? message : message.withData(message.data().orElseThrow());
        }
    }

    static final class Swallows extends BrokenExtension {
        @Override
        public @Nullable BayeuxMessage incoming(BayeuxMessage message) {
            return message.channel().equals("/meta/connect") ? null : message;
        }
    }

    /** Lets no reply to a publish or call through. */
    static final class SwallowsReplies extends BrokenExtension {
        @Override
        public @Nullable BayeuxMessage incoming(BayeuxMessage message) {
            return !message.isMeta() && message.successful().isPresent() ? null : message;
        }
    }

    /** Lets those through that say what a program likes to hear. */
    static final class SwallowsRefusals extends BrokenExtension {
        @Override
        public @Nullable BayeuxMessage incoming(BayeuxMessage message) {
            return !message.isMeta() && message.successful().filter(successful -> !successful).isPresent()
                    ? null
                    : message;
        }
    }

    static final class Stalls extends BrokenExtension {
        @Override
        public @Nullable BayeuxMessage outgoing(BayeuxMessage message) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException givenUp) {
                // It has been waited for long enough.
            }
            return super.outgoing(message);
        }
    }

    static final class WorksOnce extends BrokenExtension {
        private boolean over;

        @Override
        public @Nullable BayeuxMessage outgoing(BayeuxMessage message) {
            return over ? message : super.outgoing(message);
        }

        @Override
        public void sessionChanged(SessionChange change) {
            over |= change instanceof SessionChange.Ended;
        }
    }

    static final class NeedsASession extends BrokenExtension {
        private @Nullable Boolean renewed;

        @Override
        public void sessionChanged(SessionChange change) {
            switch (change) {
                case SessionChange.Started started -> renewed = started.renewed();
                case SessionChange.Ended ended -> {
                    if (renewed == null) {
                        throw new IllegalStateException("There was none.");
                    }
                    renewed = null;
                }
                default -> {
                    // Of no interest.
                }
            }
        }
    }

    static final class MixesUp extends BrokenExtension {
        private @Nullable BayeuxMessage first;

        @Override
        public @Nullable BayeuxMessage incoming(BayeuxMessage message) {
            if (first == null) {
                first = message;
            }
            return message.isMeta() ? message : first;
        }
    }

    static final class Wraps extends BrokenExtension {
        @Override
        public @Nullable BayeuxMessage incoming(BayeuxMessage message) {
            return (BayeuxMessage) Proxy.newProxyInstance(getClass().getClassLoader(),
                    new Class<?>[]{BayeuxMessage.class},
                    (proxy, method, arguments) -> method.invoke(message, arguments));
        }
    }

    static final class HasNoName extends BrokenExtension {
        @Override
        public String name() {
            return " ";
        }
    }

    static final class Undoes extends BrokenExtension {
        @Override
        public @Nullable BayeuxMessage incoming(BayeuxMessage message) {
            return message.isMeta() ? message : message.withExt(MINE, JsonValue.TRUE).withoutExt("com.acme.foreign");
        }
    }

    /** Guards deliveries of {@code forged}, and says so or not. */
    static class Guards extends BrokenExtension {
        @Override
        public @Nullable BayeuxMessage incoming(BayeuxMessage message) {
            if (message.text().filter("\"forged\""::equals).isPresent()) {
                throw new SecurityException("forged");
            }
            return message;
        }
    }

    static final class LetsIn extends BrokenExtension {
        @Override
        public boolean isRequired() {
            return true;
        }
    }
}
