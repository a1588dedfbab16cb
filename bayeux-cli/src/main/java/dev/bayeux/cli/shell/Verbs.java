package dev.bayeux.cli.shell;

import java.util.List;
import java.util.Optional;

/** The list of all verbs. */
final class Verbs {

    static final List<Verb> ALL = List.of(new PublishVerb(), new SayVerb(), new CallVerb(), new SubscribeVerb(),
            new UnsubscribeVerb(), new StatusVerb(), new DisconnectVerb(), new ReconnectVerb(), new WaitVerb(),
            new HelpVerb(), new QuitVerb());

    private Verbs() {
    }

    /** Returns the names of all verbs. */
    static List<String> names() {
        return ALL.stream().flatMap(verb -> verb.names().stream()).toList();
    }

    static Optional<Verb> find(String name) {
        return ALL.stream().filter(verb -> verb.names().contains(name)).findFirst();
    }
}
