package dev.bayeux.tests.contract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** Some rules of the contract, about one theme. */
abstract class Rules {

    private static final String ANY = "[{\"channel\":\"/any\"}]";

    private Bench bench;

    Rules() {
    }

    /** The contract these rules are part of. */
    abstract TransportContract contract();

    @BeforeEach
    final void setUp() {
        bench = new Bench(contract());
    }

    @AfterEach
    final void tearDown() throws InterruptedException {
        bench.close();
    }

    final Bench bench() {
        return bench;
    }

    /** A batch whose content does not matter. */
    static String any() {
        return ANY;
    }

    /** Skips the test for transports whose batches are part of an address. */
    final void needsBodies() {
        Assumptions.assumeTrue(contract().posts(), "not for callback-polling, whose requests have no body");
    }

    /** Skips the test for transports that use no HTTP. */
    final void needsHttp(String why) {
        Assumptions.assumeTrue(contract().http(), () -> "not for a transport without HTTP: " + why);
    }
}
