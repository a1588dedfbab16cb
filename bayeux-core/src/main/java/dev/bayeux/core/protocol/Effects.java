package dev.bayeux.core.protocol;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.core.message.Request;
import java.util.ArrayList;
import java.util.List;

/** Collects the effects of one input, and whether callers see a change; the list is used again for the next. */
final class Effects {

    private final List<Effect> all = new ArrayList<>();
    private long version;

    void add(Effect effect) {
        all.add(effect);
    }

    void report(ClientEvent event) {
        all.add(new Effect.Report(event));
    }

    void reportIgnored(BayeuxException why) {
        report(new ClientEvent.MessageIgnored(why));
    }

    void fail(Request request, PublishException why) {
        if (request.isPublished()) {
            all.add(new Effect.Fail(request, why));
        }
    }

    /** Records that the state may have changed for callers, so that each waiting caller tests its condition. */
    void viewChanged() {
        version++;
    }

    /** Returns the number of {@link ClientView#version}. */
    long version() {
        return version;
    }

    void clear() {
        all.clear();
    }

    List<Effect> all() {
        return all;
    }
}
