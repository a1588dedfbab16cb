package dev.bayeux.cli.options;

import java.util.Iterator;
import java.util.List;

/** The names of positions, for completion in a shell. */
final class PositionNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return List.of("earliest", "tip").iterator();
    }
}
