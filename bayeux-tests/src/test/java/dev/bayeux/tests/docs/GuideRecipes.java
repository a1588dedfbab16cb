package dev.bayeux.tests.docs;

import java.time.Duration;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Message;
import dev.bayeux.api.Observation;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.tests.docs.Cookbook.Quote;
import dev.bayeux.api.binding.JsonbBinding;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.config.PropertyNamingStrategy;
import java.lang.System.Logger;
import java.net.URI;
import java.util.concurrent.Flow;

/** What docs/recipes.md and docs/seeing-inside.md show besides {@link Cookbook}, compiled. */
final class GuideRecipes {

    private static final Logger log = System.getLogger("shop");

    private GuideRecipes() {
    }

    static BayeuxClient binding(URI uri) throws InterruptedException {
        JsonbConfig config = new JsonbConfig()
                .withPropertyNamingStrategy(PropertyNamingStrategy.LOWER_CASE_WITH_UNDERSCORES);
        return BayeuxClient.builder(uri).binding(JsonbBinding.of(JsonbBuilder.create(config))).connect();
    }

    static BayeuxClient unbound(URI uri) throws InterruptedException {
        return BayeuxClient.builder(uri).onEvent(event -> {
            if (event instanceof ClientEvent.HandlerFailed failed
                    && failed.cause() instanceof PayloadException unreadable) {
                log.log(Logger.Level.WARNING, "{0} {1}: {2}", unreadable.channel(), unreadable.replayId(),
                        unreadable.text());
            }
        }).connect();
    }

    static void flow(BayeuxClient client, Flow.Subscriber<? super Message<Quote>> subscriber) {
        client.subscription("/quotes/*")
                .as(Quote.class)
                .queue(100, Overflow.PAUSE)
                .publisher()
                .subscribe(subscriber);
    }

    static BayeuxClient quota(URI uri) throws InterruptedException {
        return BayeuxClient.builder(uri).onResponse(head -> head.header("Sforce-Limit-Info")
                .ifPresent(quota -> log.log(Logger.Level.INFO, "{0}: {1}", head.uri().getHost(), quota))).connect();
    }

    static BayeuxClient more(URI uri) throws InterruptedException {
        return BayeuxClient.builder(uri).observation(Observation.DEFAULT.withLast(100, 200_000)).connect();
    }

    static void untilStopped(BayeuxClient client) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(client::close));
        client.awaitState(ClientState::isDisconnected, Duration.ofDays(365));
    }
}
