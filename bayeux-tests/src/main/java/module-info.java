/**
 * Certifies transports, extensions and position stores by contract tests ({@link dev.bayeux.tests.contract}). Has servers
 * that a test scripts ({@link dev.bayeux.tests.server}, {@link dev.bayeux.tests.bayeux}), one of them for the tests of
 * programs ({@link dev.bayeux.tests.junit}), a transport without a network ({@link dev.bayeux.tests.memory}), and a check
 * that no thread remains after a test ({@link dev.bayeux.tests}).
 */
module dev.bayeux.tests {
    requires transitive dev.bayeux.api;
    requires transitive dev.bayeux.http;
    requires transitive org.junit.jupiter.api;
    // Binds the data of the server for the tests of programs.
    requires jakarta.json.bind;
    requires jdk.management;
    requires static transitive org.jspecify;

    exports dev.bayeux.tests;
    exports dev.bayeux.tests.bayeux;
    exports dev.bayeux.tests.contract;
    exports dev.bayeux.tests.junit;
    exports dev.bayeux.tests.memory;
    exports dev.bayeux.tests.server;

    // The rules are no part of the API, but JUnit must reach them.
    opens dev.bayeux.tests.contract;
}
