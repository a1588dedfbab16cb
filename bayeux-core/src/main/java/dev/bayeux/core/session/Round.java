package dev.bayeux.core.session;

/**
 * Which of the endpoints is in use, and how far the search for one that gives a session has come.
 *
 * @param endpoint its index
 * @param failed how many have failed one after the other in this round
 */
record Round(int endpoint, int failed) {

    static final Round FIRST = new Round(0, 0);

    /** It has given us a session. */
    Round found() {
        return new Round(endpoint, 0);
    }
}
