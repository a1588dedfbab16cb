package dev.bayeux.cli.console;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Rewrites messages of the library in terms of the command line: settings become options, and names of exception
 * classes are removed.
 */
public final class Wording {

    /** The replacements by the pattern of the text that each replaces. */
    private static final Map<Pattern, String> WORDS = new LinkedHashMap<>();

    static {
        put("\\(sendTimeout and replyTimeout\\)|\\((reply|send)Timeout\\)", "(--timeout)");
        put("\\(replyTimeout is ", "(--timeout is ");
        put("replyTimeout or Timeouts\\.wholeReply|replyTimeout(?= too short)", "--timeout");
        put(" With onServerDisconnect\\(RECONNECT\\) the client makes a new one\\.", "");
        put("\\(connectCallTimeout\\)", "(--connect-timeout, or --retry)");
        put("channelRules(\\(LENIENT\\))? (may allow|allows) more", "--any-channel allows more");
        put("HttpSettings\\.withRedirects lets requests follow some", "-L follows some");
        put("an origin that HttpSettings\\.withRedirects does not allow", "a server that --location-to does not name");
        put("set HttpSettings\\.withProxyLogin", "use -x http://USER:PASSWORD@HOST:PORT");
        put("; a (larger max\\w+ would let (it|them) in|smaller (maxRequestBytes|withMaxUriLength) makes [^.]*)", "");
        put(" \\(maxRequestBytes\\)", "");
        put(" A smaller maxRequestBytes makes [^.]*\\.", "");
        put("use another transport, or allow longer addresses: withMaxUriLength[^.]*", "or choose another --transport");
        put(" A larger maxQueuedMessages \\(now \\d+\\) would let more wait\\.", "");
        put("; connect\\(\\) connects it", "");
        put(", after disconnect\\(\\) and connect\\(\\)", "");
        put(", so from\\(\\) cannot choose where it begins: leave from\\(\\) out, or", ":");
        put("a server older than Bayeux 1\\.0 needs the setting dialect\\(Dialect\\.DRAFT_1\\)",
                "the server may be older than Bayeux 1.0, which only programs can talk to");
        put(" Is its artifact on the class path or module path\\?", "");
        // The name of an exception class does not help a user.
        put("\\b([a-z][a-z0-9]*\\.)+[A-Z]\\w*(Exception|Error): ", "");
    }

    private Wording() {
    }

    private static void put(String said, String better) {
        WORDS.put(Pattern.compile(said), better);
    }

    /**
     * {@return the name by which the user chooses a transport}
     *
     * @param name as the library has it, such as {@code jdk-long-polling}
     */
    public static String transport(String name) {
        return name.replaceFirst("^jdk-", "");
    }

    static String ofCommandLine(String text) {
        String better = text;
        for (Map.Entry<Pattern, String> each : WORDS.entrySet()) {
            better = each.getKey().matcher(better).replaceAll(each.getValue());
        }
        return better;
    }
}
