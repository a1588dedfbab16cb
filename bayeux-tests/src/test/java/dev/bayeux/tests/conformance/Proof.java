package dev.bayeux.tests.conformance;

import java.util.Comparator;
import java.util.Set;

/**
 * A test that ran. The page lists those that failed as well, because they fail the build anyway: so it does not depend on
 * what fails today.
 *
 * @param className where it is written, without the first packages; for an inherited test the class it is inherited from
 * @param method its method
 * @param tags all its tags, those of its classes included
 * @param passed whether it passed
 */
record Proof(String className, String method, Set<String> tags, boolean passed) implements Comparable<Proof> {

    /** Names the transport that a test used. */
    static final String TRANSPORT = "transport:";

    /** Names the real server that a test talked to. */
    static final String SERVER = "server:";

    /** Marks tests that are skipped on machines which lack something: a page cannot depend on them. */
    static final String OPTIONAL = "optional";

    private static final Comparator<Proof> ORDER = Comparator.comparing(Proof::className).thenComparing(Proof::method);

    @Override
    public int compareTo(Proof other) {
        return ORDER.compare(this, other);
    }
}
