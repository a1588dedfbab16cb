package dev.bayeux.cli.shell;

import dev.bayeux.cli.console.Interrupts;
import dev.bayeux.cli.options.DurationArgument;
import java.util.List;

/** Lets time pass: for scripts, so that messages can come before the end. */
final class WaitVerb implements Verb {

    @Override
    public List<String> names() {
        return List.of("wait");
    }

    @Override
    public String arguments() {
        return "TIME";
    }

    @Override
    public String help() {
        return "wait, such as 500ms or 2s, while messages are printed; for scripts";
    }

    @Override
    public void run(ShellSession session, String time) throws InterruptedException {
        if (time.isEmpty()) {
            throw usage();
        }
        Interrupts.pause(new DurationArgument().convert(time));
    }
}
