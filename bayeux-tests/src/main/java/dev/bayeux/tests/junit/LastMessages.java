package dev.bayeux.tests.junit;

/** Shows the last messages of the server in the stack trace of a failed test. Never thrown itself. */
final class LastMessages extends Exception {

    private static final long serialVersionUID = 1L;

    LastMessages(String conversation) {
        super("the server's last messages:%n%s".formatted(conversation), null, false, false);
    }
}
