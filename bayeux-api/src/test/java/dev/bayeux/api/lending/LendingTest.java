package dev.bayeux.api.lending;

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
class LendingTest {

    private static final int MOST_USERS = 3;

    private final List<Client> made = new ArrayList<>();
    private final List<Client> stopped = new ArrayList<>();
    private final Lending<String, Client> lending = new Lending<>(this::make, settings -> MOST_USERS, stopped::add);

    private static final class Client {
    }

    private Client make(String settings) throws InterruptedException {
        if (settings.equals("slow")) {
            throw new InterruptedException();
        }
        made.add(new Client());
        return made.getLast();
    }

    private static Client use(Lease<Client> lease) throws InterruptedException {
        Lease<Client>.Stay stay = lease.enter();
        stay.leave();
        return stay.client();
    }

    @AfterEach
    void eachClientIsStoppedOnceAtMost() {
        assertEquals(List.copyOf(stopped), stopped.stream().distinct().toList());
    }

    @Test
    void whoHasTheSameSettingsSharesAClient() throws Exception {
        Client one = use(lending.to("a"));
        assertSame(one, use(lending.to("a")));
        assertNotSame(one, use(lending.to("b")));
    }

    @Test
    void aClientIsMadeForTheFirstRequestAndStoppedWhenItsLastUserHasClosed() throws Exception {
        Lease<Client> first = lending.to("a");
        Lease<Client> second = lending.to("a");
        assertEquals(List.of(), made);
        Client client = use(first);
        use(second);
        first.close();
        first.close();
        assertEquals(List.of(), stopped);
        second.close();
        assertEquals(List.of(client), stopped);
        assertNotSame(client, use(lending.to("a")));
    }

    @Test
    void aRequestThatIsUnderWayKeepsTheClientOfAClosedLease() throws Exception {
        Lease<Client> lease = lending.to("a");
        Lease<Client>.Stay stay = lease.enter();
        lease.close();
        assertEquals(List.of(), stopped);
        stay.leave();
        assertEquals(List.of(stay.client()), stopped);
    }

    @Test
    void aClosedLeaseLetsNobodyEnter() {
        Lease<Client> lease = lending.to("a");
        lease.close();
        assertEquals(Problem.CLOSED, assertThrows(TransportException.class, lease::enter).problem());
        assertEquals(List.of(), made);
    }

    @Test
    void whoIsTooManyForAClientGetsAnother() throws Exception {
        Lease<Client> leaving = lending.to("a");
        Client full = use(leaving);
        for (int users = 2; users <= MOST_USERS; users++) {
            assertSame(full, use(lending.to("a")));
        }
        assertNotSame(full, use(lending.to("a")));
        leaving.close();
        assertSame(full, use(lending.to("a")));
    }

    @Test
    void whoDoubtsAClientGetsAnotherAndSharesItWithAllWhoDoubt() throws Exception {
        Lease<Client> sure = lending.to("a");
        Lease<Client> doubting = lending.to("a");
        Lease<Client> alsoDoubting = lending.to("a");
        Client old = use(sure);
        use(doubting);
        use(alsoDoubting);
        doubting.renew();
        Client fresh = use(doubting);
        alsoDoubting.renew();
        assertNotSame(old, fresh);
        assertSame(fresh, use(alsoDoubting));
        assertSame(fresh, use(lending.to("a")));
        assertSame(old, use(sure));
        assertEquals(List.of(), stopped);
        sure.close();
        assertEquals(List.of(old), stopped);
    }

    @Test
    void aDoubtedClientIsStoppedWhenTheLastRequestHasLeftIt() throws Exception {
        Lease<Client> lease = lending.to("a");
        Lease<Client>.Stay held = lease.enter();
        lease.renew();
        assertNotSame(held.client(), use(lease));
        assertEquals(List.of(), stopped);
        held.leave();
        assertEquals(List.of(held.client()), stopped);
    }

    @Test
    void theProgramsOwnClientStaysAndIsNotStopped() throws Exception {
        Client own = new Client();
        Lease<Client> lease = Lease.of(own);
        assertSame(own, use(lease));
        lease.renew();
        assertSame(own, use(lease));
        lease.close();
        assertEquals(List.of(), stopped);
        assertThrows(TransportException.class, lease::enter);
    }

    @Test
    void aClientThatCouldNotBeMadeHasNoUser() throws Exception {
        Lease<Client> lease = lending.to("slow");
        assertThrows(InterruptedException.class, lease::enter);
        lease.close();
        assertEquals(List.of(), stopped);
    }
}
