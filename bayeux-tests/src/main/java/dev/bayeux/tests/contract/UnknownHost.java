package dev.bayeux.tests.contract;

import java.net.URI;

/**
 * A host that no name service knows. A label of more than 63 characters is refused by every resolver without asking a name
 * server, so no query leaves the machine, and none can hang.
 */
final class UnknownHost {

    /** The name of the host. */
    static final String NAME = "a".repeat(64) + ".invalid";

    private UnknownHost() {
    }

    /** An address at that host. */
    static URI uri() {
        return URI.create("http://%s/bayeux".formatted(NAME));
    }
}
