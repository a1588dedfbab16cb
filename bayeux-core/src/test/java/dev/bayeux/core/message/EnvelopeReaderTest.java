package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.ServerError;
import jakarta.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeReaderTest {

    private IncomingMessage read(String fields) {
        String text = "{" + fields.replace('\'', '"') + "},";
        JsonScanner scanner = new JsonScanner(text, 0, text.length());
        EnvelopeReader envelope = new EnvelopeReader(scanner, new RecurringTexts(), Json.find(), "long-polling");
        boolean message = envelope.read();
        assertTrue(scanner.passes(','), fields);
        IncomingMessage read = envelope.message();
        assertEquals(read.channel() != null || Boolean.FALSE.equals(read.successful()), message, fields);
        return read;
    }

    @Test
    void readsEveryField() {
        IncomingMessage message = read("'channel':'/c','id':'i','successful':false,'error':'402::session_unknown',"
                + "'clientId':'x','advice':{'reconnect':'handshake'},'ext':{'a':1},'subscription':'/s',"
                + "'supportedConnectionTypes':['long-polling'],'x-messages':3,'data':{}");

        assertAll(() -> assertEquals("/c", message.channel()), () -> assertEquals("i", message.id()),
                () -> assertEquals(false, message.successful()),
                () -> assertEquals(ServerError.parse("402::session_unknown"), message.error()),
                () -> assertEquals("x", message.clientId()),
                () -> assertEquals(Reconnect.HANDSHAKE, message.reconnect()),
                () -> assertEquals("{\"a\":1}", message.ext().toString()),
                () -> assertEquals(List.of("/s"), message.subscriptions()),
                () -> assertEquals(List.of("long-polling"), message.supportedConnectionTypes()),
                () -> assertEquals(3, message.xMessages()), () -> assertEquals("{}", message.data()));
    }

    @Test
    void readsNothingFromAnEmptyObject() {
        assertEquals(new IncomingMessage(null, null, null, ServerError.NONE, null, JsonValue.EMPTY_JSON_OBJECT,
                List.of(), IncomingMessage.Offered.NOTHING, null, null), read(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "{}", "{'a':[{}]}", "[]", "[[1],{}]"})
    @Tag("C-84")
    void aFieldOfAnotherTypeIsAsIfItWereAbsent(String value) {
        IncomingMessage message = read("'channel':" + value + ",'id':" + value + ",'error':" + value + ",'clientId':"
                + value + ",'x-messages':" + value + ",'unknown':" + value + ",'':" + value);

        assertEquals(read(""), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "'x'", "[]", "[{'interval':1}]", "true"})
    @Tag("C-84")
    void adviceAndExtThatAreNoObjectsAreAsIfTheyWereAbsent(String value) {
        assertEquals(read(""), read("'advice':" + value + ",'ext':" + value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "{}", "{'a':['/x']}"})
    @Tag("C-07")
    void missingTypesAreNotTakenForAnEmptyList(String value) {
        assertEquals(read(""), read("'supportedConnectionTypes':" + value + ",'subscription':" + value));
    }

    @ParameterizedTest
    @CsvSource({"true,true", "false,false", "'''true''',true", "'''false''',false", "null,", "1,", "{},", "[true],"})
    void readsTheResult(String json, Boolean expected) {
        assertEquals(expected, read("'successful':" + json).successful());
    }

    @ParameterizedTest
    @CsvSource({"7,7", "'''7''',7", "0,0", "-1,-1", "9223372036854775807,9223372036854775807",
            "18446744073709551616,18446744073709551616", "7.5,7.5", "1e3,1e3", "'''a-b''',a-b", "null,", "true,"})
    @Tag("C-40")
    void idsThatAreNumbersBecomeTheirText(String json, String expected) {
        assertEquals(expected, read("'id':" + json).id());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {"'/a';/a", "['/a','/b'];/a,/b", "[];``",
            "['/a',null,{'x':[]},['/n'],'/b'];/a,/b", "null;``", "{};``", "5;5"})
    @Tag("C-66")
    void repliesWithLists(String json, String expected) {
        assertEquals(expected, String.join(",", read("'subscription':" + json).subscriptions()));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "12,12", "'''12''',12", "-1,0", "1.5,0", "1e2,0", "999999999,999999999",
            "99999999999999999999,0",
            "'''''',0", "'''x''',0", "null,0", "true,0", "'{}',0", "'[3]',0"})
    @Tag("C-12")
    void xMessagesOddValuesAreNone(String json, int expected) {
        assertEquals(expected, read("'x-messages':" + json).xMessages());
    }

    @Test
    void anEmptyErrorIsNone() {
        assertEquals(ServerError.NONE, read("'error':''").error());
    }

    @Test
    void aFieldThatComesTwiceCountsAsTheLastSays() {
        IncomingMessage message = read("'id':'1','data':{'a':1},'advice':{'interval':1},'successful':true,"
                + "'id':'2','data':[2],'advice':{'interval':2},'successful':false");

        assertAll(() -> assertEquals("2", message.id()), () -> assertEquals("[2]", message.data()),
                () -> assertEquals(false, message.successful()),
                () -> assertEquals(2, message.advice() == null ? null : message.advice().intervalMs()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "-1e-99999999999", "1e999999999"})
    void anOversizedNumberCostsOnlyItsField(String number) {
        IncomingMessage message = read("'ext':{'n':" + number + "},'id':" + number + ",'x-messages':" + number
                + ",'advice':{'x':" + number + "},'data':" + number + ",'channel':'/a'");

        assertAll(() -> assertEquals("/a", message.channel()), () -> assertEquals(number, message.data()),
                () -> assertEquals(number, message.id()));
    }

    @Test
    void numbersWithManyDigitsCostNoMoreThanTheirField() {
        String number = "9".repeat(100_000);
        IncomingMessage message = read("'ext':{'n':" + number + "},'advice':{'timeout':" + number + "},'id':" + number
                + ",'data':" + number + ",'error':" + number + ",'unknown':" + number + ",'channel':'/a'");

        assertAll(() -> assertEquals("/a", message.channel()), () -> assertEquals(number, message.data()),
                () -> assertNotNull(message.ext()));
    }

    @Test
    @Tag("C-88")
    void nullIsData() {
        assertEquals("null", read("'data':null").data());
        assertNull(read("'Data':1").data());
    }
}
