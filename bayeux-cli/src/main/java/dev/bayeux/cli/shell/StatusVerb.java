package dev.bayeux.cli.shell;

import dev.bayeux.api.ClientState;
import dev.bayeux.cli.console.Explanation;
import dev.bayeux.cli.console.Wording;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Locale;

/** Shows the state of the client. */
final class StatusVerb extends Verb {

    StatusVerb() {
        super("", "the state of the connection, and the subscriptions", "status");
    }

    @Override
    void run(ShellSession session, String arguments) {
        ClientState state = session.client().state();
        JsonObjectBuilder status = Json.createObjectBuilder().add("server", session.server())
                .add("status", state.status().name().toLowerCase(Locale.ROOT)).add("since", state.since().toString());
        state.transport().ifPresent(transport -> status.add("transport", Wording.transport(transport)));
        state.lastFailure().ifPresent(failed -> status.add("lastFailure", Explanation.of(failed)));
        state.nextAttempt().ifPresent(when -> status.add("nextAttempt", when.toString()));
        String json = status.add("chat", session.chat())
                .add("subscriptions", Json.createArrayBuilder(session.subscriptions())).build().toString();
        session.console().printJson(json);
    }
}
