package dev.bayeux.tests.contract;

/** One case of a rule that has several. A failure names the case. */
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
        } catch (AssertionError failed) {
            throw new AssertionError("%s: %s".formatted(name, failed.getMessage()), failed);
        }
    }
}
