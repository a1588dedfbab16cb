package dev.bayeux.cli.shell;

import dev.bayeux.cli.console.Interrupts;
import dev.bayeux.cli.options.DurationArgument;

/** Lets time pass: for scripts, so that messages can come before the end. */
final class WaitVerb extends Verb {

    WaitVerb() {
        super("TIME", "wait, such as 500ms or 2s, while messages are printed; for scripts", "wait");
    }

    @Override
    void run(ShellSession session, String time) throws InterruptedException {
        if (time.isEmpty()) {
            throw usage();
        }
        Interrupts.pause(new DurationArgument().convert(time));
    }
}
