package dev.bayeux.cli.shell;

import dev.bayeux.cli.console.Interrupts;
import dev.bayeux.cli.options.DurationArgument;

/** Waits, so that a script receives messages before it ends. */
final class WaitVerb extends Verb {

    WaitVerb() {
        super("TIME", "wait, such as 500ms or 2s, and print messages; for scripts", "wait");
    }

    @Override
    void run(ShellSession session, String time) throws InterruptedException {
        if (time.isEmpty()) {
            throw usage();
        }
        Interrupts.pause(new DurationArgument().convert(time));
    }
}
