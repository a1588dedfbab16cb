package dev.bayeux.cli.shell;

import jakarta.json.Json;
import java.util.List;

/** Says something in the chat. */
final class SayVerb implements Verb {

    @Override
    public List<String> names() {
        return List.of("say");
    }

    @Override
    public String arguments() {
        return "TEXT";
    }

    @Override
    public String help() {
        return "publish {\"user\":...,\"chat\":TEXT} to the chat channel";
    }

    @Override
    public void run(ShellSession session, String text) throws InterruptedException {
        if (text.isEmpty()) {
            throw usage();
        }
        session.client().publish(session.chat(),
                Json.createObjectBuilder().add("user", session.user()).add("chat", text).build());
    }
}
