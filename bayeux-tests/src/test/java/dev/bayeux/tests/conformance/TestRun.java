package dev.bayeux.tests.conformance;

import java.util.Set;
import java.util.stream.Stream;

/**
 * A test, or one invocation of a test that runs several times.
 *
 * @param author the class it is written in, without the first packages
 * @param method its method
 * @param name what it is called in reports
 * @param tags all its tags, those of its classes included
 * @param status how it ended
 * @param reason why it did not run, if it did not
 */
record TestRun(String author, String method, String name, Set<String> tags, Status status, String reason) {

    /** How a test ended, in JUnit's words. */
    enum Status {
        SUCCESSFUL, FAILED, ABORTED, SKIPPED
    }

    boolean ran() {
        return passed() || status == Status.FAILED;
    }

    boolean passed() {
        return status == Status.SUCCESSFUL;
    }

    /** What its tags of one kind name. */
    Stream<String> named(String kind) {
        return tags.stream().filter(tag -> tag.startsWith(kind)).map(tag -> tag.substring(kind.length()));
    }
}
