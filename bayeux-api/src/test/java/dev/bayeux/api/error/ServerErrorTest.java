package dev.bayeux.api.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerErrorTest {

    private static ServerError error(int code, String text, String... args) {
        return new ServerError(OptionalInt.of(code), List.of(args), text);
    }

    @Test
    void theTextIsTheServersAlsoWhereDigitsAreOthers() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-u-nu-arab"));
        try {
            assertEquals("403:a:denied", ServerError.parse("403:a:denied").toString());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void readsCodeArgumentsAndText() {
        assertEquals(error(402, "session_unknown"), ServerError.parse("402::session_unknown"));
        assertEquals(error(401, "Unknown client", "x1y2"), ServerError.parse("401:x1y2:Unknown client"));
        assertEquals(error(403, "create_denied", "denied_by_not_granting"),
                ServerError.parse("403:denied_by_not_granting:create_denied"));
        assertEquals(error(301, "Connection types not supported", "a", "b"),
                ServerError.parse("301:a,b:Connection types not supported"));
        assertEquals(error(405, "no_transport", "c[long-polling", "x]", "s[websocket]"),
                ServerError.parse("405:c[long-polling,x],s[websocket]:no_transport"));
        assertEquals(error(0, ""), ServerError.parse("000::"));
        assertEquals(error(400, "t", "", ""), ServerError.parse("400:,:t"));
    }

    @Test
    void splitsAtTheFirstTwoColonsOnly() {
        assertEquals(error(400, "The replayId {5} you provided: was invalid::"),
                ServerError.parse("400::The replayId {5} you provided: was invalid::"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Client id 'x' is invalid", "", ":", "::", "402", "402:", "402:session_unknown", "40::x",
            "4020::x",
            "a02::x", " 402::x", "-40::x", "\u0664\u0660\u0662::x", "Error: at 402::x"})
    void freeTextIsTheWhole(String text) {
        assertEquals(new ServerError(OptionalInt.empty(), List.of(), text), ServerError.parse(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"402::session_unknown", "401:x:t", "301:a,b:t", "001:,:t", "free", "40::x",
            "400::a:b:c"})
    void isWrittenAsTheServerWroteIt(String text) {
        assertEquals(text, ServerError.parse(text).toString());
    }

    @Test
    void noneSaysNothing() {
        assertEquals("", ServerError.NONE.toString());
        assertEquals(ServerError.NONE, ServerError.parse(""));
    }

    @Test
    void doesNotChange() {
        List<String> args = new ArrayList<>(List.of("a"));
        ServerError error = new ServerError(OptionalInt.empty(), args, "t");
        args.clear();

        assertEquals(List.of("a"), error.args());
        assertThrows(UnsupportedOperationException.class, () -> error.args().clear());
    }
}
