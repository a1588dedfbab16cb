package dev.bayeux.cli.options;

import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file and its password, in one text as curl accepts them: {@code FILE[:PASSWORD]}.
 *
 * @param name the name of the file
 * @param password the password, empty for none
 */
record LockedFile(String name, String password) {

    /** The first colon ends the name, unless a backslash is before it, or it follows the letter of a drive. */
    private static final Pattern FORM = Pattern.compile("(?s)((?:[A-Za-z]:(?=[\\\\/]))?+(?:\\\\:|[^:])+):(.*)");

    /** Splits the text. If the whole text is the name of an existing file, there is no password. */
    static LockedFile of(String text) {
        Matcher parts = FORM.matcher(text);
        return !parts.matches() || Files.exists(InputFile.path(text))
                ? new LockedFile(text, "")
                : new LockedFile(parts.group(1).replace("\\:", ":"), parts.group(2));
    }

    @Override
    public String toString() {
        return name;
    }
}
