package dev.bayeux.cli.shell;

import jakarta.json.Json;

/** Publishes a text to the chat channel. */
final class SayVerb extends Verb {

    SayVerb() {
        super("TEXT", "publish {\"user\":...,\"text\":TEXT} to the chat channel", "say");
    }

    @Override
    void run(ShellSession session, String text) throws InterruptedException {
        if (text.isEmpty()) {
            throw usage();
        }
        session.client().publish(session.chat(),
                Json.createObjectBuilder().add("user", session.user()).add("text", text).build());
        if (!session.isSubscribed(session.chat())) {
            session.done("published to " + session.chat());
        }
    }
}
