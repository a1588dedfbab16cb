package dev.bayeux.tests.junit;

import dev.bayeux.tests.bayeux.ScriptedBayeux;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a class a Bayeux server of its own, to see how an application takes refusals, expired sessions,
 * restarts and lost connections.
 *
 * {@snippet :
 * @BayeuxServer
 * class OrdersTest {
 *
 *     @Test
 *     void ordersComeAlsoAfterARestartOfTheServer(ScriptedBayeux server, Faults faults) throws Exception {
 *         try (Orders orders = new Orders(server.uri())) {
 *             faults.restart();
 *             server.awaitSubscription("/orders", Duration.ofSeconds(10));
 *             server.publish("/orders", "{\"number\":1}");
 *             assertEquals(1, orders.next().number());
 *         }
 *     }
 * }
 * }
 *
 * <p>Test methods, {@code @BeforeEach} and {@code @AfterEach} may have parameters of these types, all of the same server:
 * <ul>
 * <li>{@link ScriptedBayeux}: the server, on a free port of the loopback interface;
 * <li>{@link dev.bayeux.tests.bayeux.Faults}: what goes wrong with it, in words;
 * <li>{@link java.net.URI}: where clients find it;
 * <li>{@link dev.bayeux.api.spi.TransportProvider}: with {@link #memory()}, what reaches it without a network.
 * </ul>
 *
 * <p>It starts when the first of them is asked for and is closed after the test, with whatever is still connected. Tests
 * may run at the same time. A script of the test that has thrown fails the test.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(BayeuxServerExtension.class)
public @interface BayeuxServer {

    /**
     * {@return whether the server is reached in memory alone, through a {@link dev.bayeux.api.spi.TransportProvider} that is
     * a parameter of the test, and has no port}
     */
    boolean memory() default false;
}
