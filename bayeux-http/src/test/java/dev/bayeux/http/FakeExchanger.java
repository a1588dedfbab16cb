package dev.bayeux.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** An HTTP client whose server the test plays. */
final class FakeExchanger implements HttpExchanger {

    final List<HttpCall> calls = new ArrayList<>();
    final Map<String, List<String>> headers = new HashMap<>();
    int status = 200;
    byte[] body = "[]".getBytes(StandardCharsets.UTF_8);
    @Nullable
    String contentType;
    @Nullable
    Exception failure;
    int closed;
    Duration leftAtStart = Duration.ZERO;

    @Override
    public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
        calls.add(call);
        leftAtStart = call.limit().left();
        switch (failure) {
            case null -> {
                // An answer comes.
            }
            case IOException lost -> throw lost;
            case TimeoutException late -> throw late;
            case InterruptedException interrupted -> throw interrupted;
            case RuntimeException other -> throw other;
            default -> throw new AssertionError(failure);
        }
        call.reply().append(ByteBuffer.wrap(body));
        Map<String, List<String>> all = new HashMap<>(headers);
        if (contentType != null) {
            all.put("CONTENT-type", List.of(contentType));
        }
        return new HttpReply(status, all);
    }

    @Override
    public void close() {
        closed++;
    }
}
