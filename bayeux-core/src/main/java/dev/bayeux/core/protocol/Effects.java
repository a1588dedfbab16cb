package dev.bayeux.core.protocol;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.core.message.Request;
import java.util.ArrayList;
import java.util.List;

/** Collects the effects of one input; the list is used again for the next. */
final class Effects {

    private final List<Effect> all = new ArrayList<>();

    void add(Effect effect) {
        all.add(effect);
    }

    void tell(ClientEvent event) {
        all.add(new Effect.Tell(event));
    }

    void fail(Request request, PublishException why) {
        if (request.isPublished()) {
            all.add(new Effect.Fail(request, why));
        }
    }

    void clear() {
        all.clear();
    }

    List<Effect> all() {
        return all;
    }
}
