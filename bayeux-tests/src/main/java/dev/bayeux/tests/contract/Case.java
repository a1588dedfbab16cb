package dev.bayeux.tests.contract;

import org.opentest4j.TestAbortedException;

/** One case of a rule that has several. A failure names the case, whatever it is. */
final class Case {

    private Case() {
    }

    /** What is checked in a case. */
    @FunctionalInterface
    interface Check {

        void run() throws Exception;
    }

    static void of(String name, Check check) throws Exception {
        try {
            check.run();
        } catch (InterruptedException | TestAbortedException ended) {
            throw ended;
        } catch (AssertionError failed) {
            throw new AssertionError("%s: %s".formatted(name, failed.getMessage()), failed);
        } catch (Exception | LinkageError thrown) {
            throw new AssertionError("%s: %s".formatted(name, thrown), thrown);
        }
    }
}
