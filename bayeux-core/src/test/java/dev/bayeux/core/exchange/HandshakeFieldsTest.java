package dev.bayeux.core.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bayeux.core.message.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeFieldsTest {

    private final Json json = Json.find();

    private JsonObject object(String text) {
        return json.parse(text.replace('\'', '"')).asJsonObject();
    }

    private JsonObject ext(String fields, String proof, boolean acknowledge) {
        return new HandshakeFields(json, () -> object(fields), acknowledge, false)
                .handshake("1", List.of("long-polling"), object(proof)).ext();
    }

    @Test
    @Tag("C-03")
    void extIsMergedAndCredentialsWin() {
        assertEquals(object("{'a':{'x':1},'b':2,'token':'t'}"),
                ext("{'ext':{'a':{'x':1},'b':2,'token':'old'},'more':1}", "{'token':'t'}", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'ext':{}}", "{'ext':null}", "{}"})
    void extThatSaysNothingIsEmpty(String fields) {
        assertEquals(object("{}"), ext(fields, "{}", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'text'", "1", "true", "[]", "[{}]"})
    void extThatIsNoObjectIsRefused(String ext) {
        assertThrows(IllegalArgumentException.class, () -> ext("{'ext':" + ext + "}", "{}", true));
    }

    @Test
    @Tag("C-112")
    void acknowledgedDeliveryIsOfferedBesideWhatOthersSay() {
        assertEquals(object("{'ack':true,'a':1,'token':'t'}"), ext("{'ext':{'a':1}}", "{'token':'t'}", true));
    }

    @Test
    @Tag("C-112")
    void aConnectCarriesTheReceivedNumber() {
        var fields = new HandshakeFields(json, () -> object("{}"), true, false);
        assertEquals(object("{'ack':7}"), fields.connectExt(7L));
        assertEquals(object("{}"), fields.connectExt(null));
    }
}
