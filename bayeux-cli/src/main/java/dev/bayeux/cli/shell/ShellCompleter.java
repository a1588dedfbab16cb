package dev.bayeux.cli.shell;

import java.util.Collection;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Suggests verbs and known channels. */
final class ShellCompleter implements Completer {

    private final ShellSession session;

    ShellCompleter(ShellSession session) {
        this.session = session;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        suggestions(line.words(), line.wordIndex()).forEach(text -> candidates.add(new Candidate(text)));
    }

    /** Returns the suggestions for the word at an index. */
    Collection<String> suggestions(List<String> words, int index) {
        if (index == 0) {
            return Verbs.ALL.stream().map(verb -> verb.names().getFirst()).toList();
        }
        if (index > 1) {
            return List.of();
        }
        return Verbs.find(words.getFirst()).map(verb -> verb.firstArguments(session)).orElse(List.of());
    }
}
