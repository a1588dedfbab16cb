package dev.bayeux.benchmarks;

/** Something that is measured. */
interface Scenario {

    /** {@return its name, by which it can be asked for} */
    String name();

    /** Measures all peers, in turn. */
    void run(Options options, Results results) throws Exception;
}
