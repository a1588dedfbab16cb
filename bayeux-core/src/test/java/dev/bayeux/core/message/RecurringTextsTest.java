package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RecurringTextsTest {

    private final RecurringTexts texts = new RecurringTexts();

    private String cut(String text) {
        return texts.cut("<" + text + ">", 1, text.length() + 1);
    }

    @Test
    void aRecurringTextIsTheSameObject() {
        String a = cut("/prices/eu");
        String b = cut("/meta/connect");

        assertSame(a, cut("/prices/eu"));
        assertSame(b, cut("/meta/connect"));
        assertSame(a, cut("/prices/eu"));
    }

    @Test
    void anEndlessTextIsNotKept() {
        String endless = "/".repeat(65);

        assertNotSame(cut(endless), cut(endless));
        assertEquals(endless, cut(endless));
    }

    @Test
    void whateverWasKeptTheTextIsRight() {
        Random random = new Random(7);
        for (int n = 0; n < 20_000; n++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(8); length > 0; length--) {
                text.append(random.nextInt(50) == 0 ? '\u65e5' : (char) ('/' + random.nextInt(3)));
            }
            assertEquals(text.toString(), cut(text.toString()));
        }
    }
}
