package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.ClientEvent.EndpointChanged;
import dev.bayeux.api.ClientEvent.SessionRenewed;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.Endpoint;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.tests.bayeux.ReceivedMessage;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.server.Answer;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several servers that stand in for one another, and several addresses of one. */
abstract class ClientEndpointRules extends ClientRules {

    private Endpoint first;
    private Endpoint second;

    @BeforeEach
    void findServers() {
        needsHttp("its provider knows one server only");
        first = Endpoint.of(bench().peer.uri());
        second = Endpoint.of(other().uri());
    }

    private ScriptedBayeux other() {
        return bench().second();
    }

    private ClientBuilder both() {
        return bench().builder(first, second);
    }

    private static List<String> channels(ScriptedBayeux server) {
        return server.messages().stream().map(ReceivedMessage::channel).toList();
    }

    /** Waits until the other server holds a connect of a client that has left the first. */
    private BayeuxClient movedToTheSecond() throws InterruptedException {
        BayeuxClient client = bench().connectAndSettle(both());
        bench().peer.goDown();
        bench().events.take(EndpointChanged.class);
        other().awaitHeldConnects(1, bench().patience);
        return client;
    }

    @Test
    void theFirstIsUsedWhileItIsThere() throws Exception {
        BayeuxClient client = bench().connectAndSettle(both());
        assertEquals(Optional.of(first), client.state().endpoint());
        assertEquals(0, other().peer().requestCount());
    }

    @Test
    void aServerThatIsDownIsLeftOut() throws Exception {
        bench().peer.goDown();
        BayeuxClient client = bench().connect(both());
        assertEquals(Optional.of(second), client.state().endpoint());
        assertEquals(new EndpointChanged(first, second), bench().events.take(EndpointChanged.class));
        client.publish("/foo", 1);
        assertEquals(1, other().messages("/foo").size());
    }

    @Test
    @Tag("C-71")
    void aServerThatFailsIsReplacedWithAllSubscriptions() throws Exception {
        BayeuxClient client = bench().connectAndSettle(both());
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        bench().peer.goDown();
        bench().events.take(SessionRenewed.class);
        other().awaitHeldConnects(1, bench().patience);
        assertEquals(List.of(HANDSHAKE, SUBSCRIBE, CONNECT), channels(other()).subList(0, 3));
        awaitReady(client);
        other().publish("/foo", "1");
        assertNext(subscription, "1");
    }

    @Test
    void aSessionDoesNotMove() throws Exception {
        BayeuxClient client = bench().connectAndSettle(both());
        String before = client.clientId().orElseThrow();
        bench().peer.goDown();
        other().awaitHeldConnects(1, bench().patience);
        assertTrue(other().messages().stream().noneMatch(message -> before.equals(message.clientId())));
    }

    @Test
    @Tag("C-127")
    void aSessionThatIsLeftIsDisconnected() throws Exception {
        BayeuxClient client = bench().connectAndSettle(both());
        String before = client.clientId().orElseThrow();
        server().next(CONNECT).answer(Answer.drop(), Answer.drop(), Answer.drop(), Answer.drop());
        server().answerHeldConnects("{}");
        bench().events.take(EndpointChanged.class);
        assertEquals(before, take(DISCONNECT).clientId());
        await(client, state -> state.isConnected() && state.endpoint().equals(Optional.of(second)));
    }

    @Test
    void theEndDoesNotWaitForASessionThatWasLeft() throws Exception {
        BayeuxClient client = bench().connectAndSettle(both().closeTimeout(bench().patience.multipliedBy(4)));
        server().next(CONNECT).answer(Answer.drop(), Answer.drop(), Answer.drop(), Answer.drop());
        server().next(DISCONNECT).answer(Answer.stall());
        server().answerHeldConnects("{}");
        take(DISCONNECT);
        await(client, state -> state.isConnected() && state.endpoint().equals(Optional.of(second)));
        bench().run(client::close).result();
    }

    @Test
    void theClientStaysWhereItHasGone() throws Exception {
        BayeuxClient client = movedToTheSecond();
        bench().peer.comeBack();
        int requests = bench().peer.requestCount();
        other().restart();
        bench().events.take(SessionRenewed.class);
        await(client, ConnectionStatus.CONNECTED);
        assertEquals(Optional.of(second), client.state().endpoint());
        assertEquals(requests, bench().peer.requestCount());
    }

    @Test
    void reconnectGoesBackToTheFirst() throws Exception {
        BayeuxClient client = movedToTheSecond();
        bench().peer.comeBack();
        client.reconnect();
        assertEquals(Optional.of(first), client.state().endpoint());
    }

    @Test
    void whenAllHaveFailedTheRoundBeginsAnew() throws Exception {
        BayeuxClient client = movedToTheSecond();
        other().peer().goDown();
        await(client, state -> state.failedAttempts() >= 7);
        bench().peer.comeBack();
        await(client, state -> state.isConnected() && state.endpoint().equals(Optional.of(first)));
    }

    @Test
    void eachTransportCanHaveAnAddressOfItsOwn() throws Exception {
        URI own = bench().peer.uri().resolve("/own/place");
        Endpoint endpoint = Endpoint.of(URI.create("http://127.0.0.1:1/nobody"))
                .withUrl(contract().transportProvider().connectionType(), own);
        bench().connect(bench().builder(endpoint));
        assertTrue(bench().peer.requests().getFirst().target().startsWith("/own/place"),
                () -> bench().peer.requests().getFirst().target());
    }

    @Test
    @Tag("C-33")
    void adviceOfHostsLeadsToAServerThatTheProgramKnows() throws Exception {
        BayeuxClient client = bench().connectAndSettle(both());
        server().answerHeldConnects(
                "{\"advice\":{\"reconnect\":\"handshake\",\"hosts\":[\"evil.example\",\"%s\"]}}"
                        .formatted(other().uri().getAuthority()));
        bench().events.take(EndpointChanged.class);
        other().awaitHeldConnects(1, bench().patience);
        assertEquals(Optional.of(second), client.state().endpoint());
    }
}
