package dev.bayeux.http.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who shares a client with whom, and when it is stopped. */
class SharedClientsTest {

    private static final int MOST_USERS = 3;

    private final List<Client> made = new ArrayList<>();
    private final List<Client> stopped = new ArrayList<>();
    private final SharedClients<String, Client> clients = new SharedClients<>(this::make, settings -> MOST_USERS,
            stopped::add);

    private static final class Client {
    }

    private Client make(String settings) throws InterruptedException {
        if (settings.equals("slow")) {
            throw new InterruptedException();
        }
        made.add(new Client());
        return made.getLast();
    }

    private static Client use(ClientHandle<Client> handle) throws InterruptedException {
        ClientHandle<Client>.Use use = handle.enter();
        use.leave();
        return use.client();
    }

    @AfterEach
    void eachClientIsStoppedOnceAtMost() {
        assertEquals(List.copyOf(stopped), stopped.stream().distinct().toList());
    }

    @Test
    void transportsWithTheSameSettingsShareAClient() throws Exception {
        Client one = use(clients.handle("a"));
        assertSame(one, use(clients.handle("a")));
        assertNotSame(one, use(clients.handle("b")));
    }

    @Test
    void aClientIsMadeForTheFirstRequestAndStoppedWhenItsLastUserHasClosed() throws Exception {
        ClientHandle<Client> first = clients.handle("a");
        ClientHandle<Client> second = clients.handle("a");
        assertEquals(List.of(), made);
        Client client = use(first);
        use(second);
        first.close();
        first.close();
        assertEquals(List.of(), stopped);
        second.close();
        assertEquals(List.of(client), stopped);
        assertNotSame(client, use(clients.handle("a")));
    }

    @Test
    void aRequestThatIsUnderWayKeepsTheClientOfAClosedHandle() throws Exception {
        ClientHandle<Client> handle = clients.handle("a");
        ClientHandle<Client>.Use use = handle.enter();
        handle.close();
        assertEquals(List.of(), stopped);
        use.leave();
        assertEquals(List.of(use.client()), stopped);
    }

    @Test
    void aClosedHandleRejectsRequests() {
        ClientHandle<Client> handle = clients.handle("a");
        handle.close();
        assertEquals(Problem.CLOSED, assertThrows(TransportException.class, handle::enter).problem());
        assertEquals(List.of(), made);
    }

    @Test
    void aTransportOverTheLimitGetsAnotherClient() throws Exception {
        ClientHandle<Client> leaving = clients.handle("a");
        Client full = use(leaving);
        for (int users = 2; users <= MOST_USERS; users++) {
            assertSame(full, use(clients.handle("a")));
        }
        assertNotSame(full, use(clients.handle("a")));
        leaving.close();
        assertSame(full, use(clients.handle("a")));
    }

    @Test
    void transportsThatRenewAClientShareTheNewOne() throws Exception {
        ClientHandle<Client> sure = clients.handle("a");
        ClientHandle<Client> doubting = clients.handle("a");
        ClientHandle<Client> alsoDoubting = clients.handle("a");
        Client old = use(sure);
        use(doubting);
        use(alsoDoubting);
        doubting.renew();
        Client fresh = use(doubting);
        alsoDoubting.renew();
        assertNotSame(old, fresh);
        assertSame(fresh, use(alsoDoubting));
        assertSame(fresh, use(clients.handle("a")));
        assertSame(old, use(sure));
        assertEquals(List.of(), stopped);
        sure.close();
        assertEquals(List.of(old), stopped);
    }

    @Test
    void aRenewedClientIsStoppedAfterItsLastRequest() throws Exception {
        ClientHandle<Client> handle = clients.handle("a");
        ClientHandle<Client>.Use held = handle.enter();
        handle.renew();
        assertNotSame(held.client(), use(handle));
        assertEquals(List.of(), stopped);
        held.leave();
        assertEquals(List.of(held.client()), stopped);
    }

    @Test
    void theProgramsOwnClientStaysAndIsNotStopped() throws Exception {
        Client own = new Client();
        ClientHandle<Client> handle = ClientHandle.of(own);
        assertSame(own, use(handle));
        handle.renew();
        assertSame(own, use(handle));
        handle.close();
        assertEquals(List.of(), stopped);
        assertThrows(TransportException.class, handle::enter);
    }

    @Test
    void aClientThatCouldNotBeMadeHasNoUser() throws Exception {
        ClientHandle<Client> handle = clients.handle("slow");
        assertThrows(InterruptedException.class, handle::enter);
        handle.close();
        assertEquals(List.of(), stopped);
    }
}
