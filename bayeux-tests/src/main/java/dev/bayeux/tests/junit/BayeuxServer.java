package dev.bayeux.tests.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test a separate Bayeux server. The test method, a method with {@code @BeforeEach} or {@code @AfterEach}, or the
 * constructor receives it in a parameter {@link BayeuxTestServer} or {@link ServerFaults}.
 *
 * {@snippet class="dev.bayeux.tests.docs.KitSnippets" region="bayeuxServer"}
 *
 * <p>The server starts when a parameter first needs it, on a free port of the loopback interface, and speaks long-polling and
 * WebSocket. It ends after the methods with {@code @AfterEach}, with all its sockets and threads. If a test fails, its stack
 * trace shows the last messages of the server, as a suppressed exception. Tests may run in parallel.
 */
@Documented
@ExtendWith(BayeuxServerExtension.class)
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.ANNOTATION_TYPE, ElementType.METHOD, ElementType.TYPE})
public @interface BayeuxServer {
}
