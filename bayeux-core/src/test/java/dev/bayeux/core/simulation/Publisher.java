package dev.bayeux.core.simulation;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.error.BatchException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.simulation.PublishRule.Asked;
import dev.bayeux.core.simulation.PublishRule.Told;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The part of the program that sends. */
final class Publisher {

    private static final Json JSON = Json.find();

    private final World world;
    private final BayeuxClient client;
    private final PublishRule rule;
    private final Calls calls;
    private final Duration sent;
    private final Duration replied;

    Publisher(World world, BayeuxClient client, ClientConfig config, PublishRule rule, Calls calls) {
        this.world = world;
        this.client = client;
        this.rule = rule;
        this.calls = calls;
        this.sent = config.timeouts().send().plus(config.timeouts().reply().multipliedBy(3));
        this.replied = config.timeouts().reply();
    }

    private static JsonObject data(Asked asked) {
        return JSON.object(Map.of("p", JSON.number(asked.number)));
    }

    private String channel() {
        return world.random.nextInt(5) == 0 ? SimulatedServer.SERVICE : "/chat";
    }

    boolean publish() throws InterruptedException {
        Asked asked = rule.ask(1).getFirst();
        return telling(asked, "publish " + asked.number, sent, () -> client.publish(channel(), data(asked)));
    }

    void call() throws InterruptedException {
        Asked asked = rule.ask(1).getFirst();
        asked.call = true;
        telling(asked, "call " + asked.number, replied, () -> {
            JsonValue answer = client.call(SimulatedServer.SERVICE, data(asked));
            if (answer.asJsonObject().getInt("echo") != asked.number) {
                world.fail("The call of %d got %s.".formatted(asked.number, answer));
            }
        });
    }

    private boolean telling(Asked asked, String what, Duration limit, Calls.Call call) throws InterruptedException {
        Told[] told = {Told.NOT_SENT};
        boolean returned = false;
        try {
            returned = calls.make(what, limit, () -> {
                try {
                    call.run();
                    told[0] = Told.ACCEPTED;
                } catch (PublishException failed) {
                    told[0] = Told.of(failed.outcome());
                    throw failed;
                }
            }, PublishException.class);
        } catch (InterruptedException interrupted) {
            told[0] = Told.INTERRUPTED;
            throw interrupted;
        } finally {
            rule.tell(asked, told[0]);
        }
        return returned;
    }

    void batch() throws InterruptedException {
        List<Asked> asked = rule.ask(world.random.nextInt(1, 6));
        Told[] told = new Told[asked.size()];
        Arrays.fill(told, Told.NOT_SENT);
        try {
            calls.make("batch from " + asked.getFirst().number, sent, () -> {
                try {
                    client.batch(batch -> asked.forEach(each -> batch.publish("/chat", data(each))));
                    Arrays.fill(told, Told.ACCEPTED);
                } catch (BatchException failed) {
                    Arrays.fill(told, Told.ACCEPTED);
                    failed.failures().forEach((place, failure) -> told[place] = Told.of(failure.outcome()));
                    throw failed;
                }
            }, BatchException.class);
        } catch (InterruptedException interrupted) {
            Arrays.fill(told, Told.INTERRUPTED);
            throw interrupted;
        } finally {
            for (int n = 0; n < told.length; n++) {
                rule.tell(asked.get(n), told[n]);
            }
        }
    }
}
