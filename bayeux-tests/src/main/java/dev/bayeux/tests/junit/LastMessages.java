package dev.bayeux.tests.junit;

/** What the server has seen, for the stack trace of a test that has failed. Nothing that is ever thrown. */
final class LastMessages extends Exception {

    private static final long serialVersionUID = 1L;

    LastMessages(String conversation) {
        super("the server's last messages:%n%s".formatted(conversation), null, false, false);
    }
}
