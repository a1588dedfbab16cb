package dev.bayeux.tests.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test a separate Bayeux server: to whatever of the test has a parameter {@link BayeuxTestServer} or
 * {@link ServerFaults}, be it the test method, a method {@code @BeforeEach} or {@code @AfterEach}, or the constructor.
 *
 * {@snippet class="dev.bayeux.tests.docs.KitSnippets" region="bayeuxServer"}
 *
 * <p>The server starts when it is first asked for, on a free port of the loopback interface, and speaks long-polling and
 * WebSocket. It ends behind the methods {@code @AfterEach}, with all its sockets and threads. When a test fails, the stack
 * trace shows the last messages that the server has seen, as a suppressed exception. Tests may run in parallel.
 */
@Documented
@ExtendWith(BayeuxServerExtension.class)
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.ANNOTATION_TYPE, ElementType.METHOD, ElementType.TYPE})
public @interface BayeuxServer {
}
