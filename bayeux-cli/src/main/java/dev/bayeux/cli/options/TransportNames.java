package dev.bayeux.cli.options;

import java.util.Iterator;
import java.util.List;

/** The names of transports, for completion in a shell. */
final class TransportNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return List.of("long-polling", "websocket", "callback-polling").iterator();
    }
}
