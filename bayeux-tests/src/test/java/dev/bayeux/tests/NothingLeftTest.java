package dev.bayeux.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

class NothingLeftTest {

    @ExtendWith(NothingLeft.class)
    static class Careful {

        @Test
        void endsItsThread() throws Exception {
            Thread thread = Thread.ofVirtual().start(() -> {});
            thread.join();
        }

        @Test
        void leavesAnExceptionUncaught() throws Exception {
            Thread thread = Thread.ofVirtual().start(() -> {
                throw new IllegalStateException("on purpose");
            });
            thread.join();
        }
    }

    @Test
    void anUncaughtExceptionFailsItsTestAlone() {
        Map<String, String> outcomes = Outcomes.of(Careful.class);
        assertEquals("passed", outcomes.get("endsItsThread"));
        assertEquals("failed: An exception has ended a thread; there were 1.",
                outcomes.get("leavesAnExceptionUncaught"));
    }
}
