package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdviceTest {

    private static final long WEEK = 7L * 24 * 3600 * 1000;

    private final Json json = Json.find();

    private Advice read(String advice) {
        return Advice.read(json.parse(advice.replace('\'', '"')).asJsonObject(), "long-polling");
    }

    @Test
    void readsAllItsFields() {
        assertEquals(new Advice(Reconnect.RETRY, 2000L, 30_000L, 10_000L, true, List.of("a")),
                read("{'reconnect':'retry','interval':2000,'timeout':30000,'maxInterval':10000,'multiple-clients':true,"
                        + "'hosts':['a'],'unknown':{}}"));
    }

    @Test
    void absentFieldsAreNull() {
        assertEquals(new Advice(null, null, null, null, null, List.of()), read("{}"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"0,0", "1,1", "1.9,1", "1e3,1000", "1.5E+2,150", "-0,0", "-0.4,0",
            "'0',0",
            "'2000',2000", "' 2000 ',2000", "'1.9',1", "'1e3',1000", "'+5',5", "-1,-1", "'-1',-1", "-1e300,-1",
            "-9223372036854775808,-1"})
    @Tag("C-30")
    void timesAreNumbersAndDecimalTexts(String value, long expected) {
        assertEquals(expected, read("{'interval':" + value + "}").intervalMs());
    }

    @ParameterizedTest
    @ValueSource(strings = {"604800001", "9223372036854775807", "9223372036854775808", "1e300", "1e400", "1e999999999",
            "'1e400'", "'99999999999999999999'"})
    @Tag("C-30")
    void moreThanAWeekIsAWeek(String value) {
        Advice advice = read("{'interval':" + value + ",'timeout':" + value + ",'maxInterval':" + value + "}");

        assertEquals(new Advice(null, WEEK, WEEK, WEEK, null, List.of()), advice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "{}", "[]", "[1]", "''", "' '", "'x'", "'1 2'", "'0x10'", "'NaN'",
            "'Infinity'", "'1e99999999999'", "'--1'", "'123456789012345678901'"})
    @Tag("C-30")
    void otherTypesAreIgnored(String value) {
        Advice advice = read("{'interval':" + value + ",'timeout':" + value + ",'maxInterval':" + value
                + ",'multiple-clients':1,'reconnect':'retry'}");

        assertEquals(new Advice(Reconnect.RETRY, null, null, null, null, List.of()), advice);
    }

    @Test
    @Tag("C-30")
    void onlyTheIntervalCanBeNegative() {
        assertEquals(new Advice(null, -1L, null, null, null, List.of()),
                read("{'interval':-5,'timeout':-5,'maxInterval':-5}"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', nullValues = "-", value = {"'retry',RETRY", "'handshake',HANDSHAKE", "'none',NONE",
            "'Retry',-", "'stop',-", "'',-", "null,-", "1,-", "['none'],-", "{},-"})
    @Tag("C-20/A9")
    void unknownWordsCountAsAbsent(String value, Reconnect expected) {
        assertEquals(expected, read("{'reconnect':" + value + "}").reconnect());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', nullValues = "-", value = {"true,true", "false,false", "'true',true",
            "'false',false", "'yes',-", "1,-", "null,-", "[],-"})
    @Tag("C-31")
    void multipleClientsIsTrueOrFalseOrUnknown(String value, Boolean expected) {
        assertEquals(expected, read("{'multiple-clients':" + value + "}").multipleClients());
    }

    @Test
    @Tag("C-29")
    void transportSectionWinsFieldByField() {
        Advice advice = read("{'reconnect':'retry','interval':1,'timeout':2,'maxInterval':3,'multiple-clients':true,"
                + "'long-polling':{'interval':'10','reconnect':'handshake','multiple-clients':false},"
                + "'websocket':{'interval':99}}");

        assertEquals(new Advice(Reconnect.HANDSHAKE, 10L, 2L, 3L, false, List.of()), advice);
    }

    @Test
    @Tag("C-29")
    void aWrongValueInATransportSectionDoesNotHideTheTop() {
        Advice advice = read("{'reconnect':'none','interval':1,'long-polling':{'interval':null,'reconnect':'?'}}");

        assertEquals(new Advice(Reconnect.NONE, 1L, null, null, null, List.of()), advice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "'x'", "[{'interval':9}]"})
    @Tag("C-29")
    void transportSectionThatIsNoObjectIsIgnored(String section) {
        assertEquals(1L, read("{'interval':1,'long-polling':" + section + "}").intervalMs());
    }

    @Test
    void aConnectionTypeNamedAsAFieldDoesNoHarm() {
        Advice advice = Advice.read(json.parse("{\"interval\":5}").asJsonObject(), "interval");

        assertNotNull(advice);
        assertEquals(5L, advice.intervalMs());
        assertNull(advice.timeoutMs());
    }
}
