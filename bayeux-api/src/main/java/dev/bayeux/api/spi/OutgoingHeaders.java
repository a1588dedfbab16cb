package dev.bayeux.api.spi;

import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The headers of requests over HTTP, put together anew only when a part of them has changed: mostly all stay as they are.
 * As long as they do, it gives the same map, so that an HTTP client need not look at them again either. Safe for
 * concurrent use.
 */
final class OutgoingHeaders {

    private final TransportContext context;
    private final List<String> accepted;
    private volatile Known last = new Known(Map.of(), Map.of(), Map.of(), Map.of());

    /** What they were put together from, and what became of it. */
    private record Known(Map<String, List<String>> cookies, Map<String, String> own, Map<String, String> usual,
            Map<String, List<String>> all) {

        boolean isOf(Map<String, List<String>> otherCookies, Map<String, String> otherOwn,
                Map<String, String> otherUsual) {
            return !all.isEmpty() && usual.equals(otherUsual) && own.equals(otherOwn) && cookies.equals(otherCookies);
        }
    }

    OutgoingHeaders(TransportContext context) {
        this.context = context;
        this.accepted = List.of(Codings.accepted(context.http().codings()));
    }

    /**
     * The headers of one request.
     *
     * @param way where it goes
     * @param usual headers that the program's own may replace
     * @return names, in any case, and values; not to be changed
     */
    Map<String, List<String>> of(Places.Way way, Map<String, String> usual) throws IOException {
        URI place = way.at();
        Map<String, List<String>> cookies = way.cookies().get(place, Map.of());
        Map<String, String> own = way.isOwn() ? context.headers().headers() : Map.of();
        Known known = last;
        if (!known.isOf(cookies, own, usual)) {
            Map<String, List<String>> kept = new HashMap<>(cookies);
            kept.replaceAll((name, values) -> List.copyOf(values));
            known = new Known(kept, new HashMap<>(own), usual, all(kept, own, usual));
            last = known;
        }
        return known.all();
    }

    private Map<String, List<String>> all(Map<String, List<String>> cookies, Map<String, String> own,
            Map<String, String> usual) {
        Map<String, List<String>> headers = HttpFacts.cookies(cookies);
        own.forEach((name, value) -> headers.put(name, List.of(value)));
        usual.forEach((name, value) -> headers.putIfAbsent(name, List.of(value)));
        // Said in any case, or HTTP clients would say something of their own.
        headers.putIfAbsent("Accept-Encoding", accepted);
        return Collections.unmodifiableMap(headers);
    }
}
