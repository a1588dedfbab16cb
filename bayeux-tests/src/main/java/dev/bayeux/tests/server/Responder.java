package dev.bayeux.tests.server;

/** Decides what a scripted server does with a request. */
@FunctionalInterface
public interface Responder {

    /**
     * Decides. Called once for each request, by several threads at once; must not block (hand out a {@link Held}
     * instead). An exception becomes HTTP status 500.
     *
     * @param request what arrived
     * @return what the server does
     */
    Answer answer(ReceivedRequest request);
}
