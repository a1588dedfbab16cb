package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.core.message.Request.Kind;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageWriterTest {

    private static final List<String> TYPES = List.of("websocket", "long-polling");

    private final Json json = Json.find();

    private JsonObject object(String text) {
        return json.parse(text.replace('\'', '"')).asJsonObject();
    }

    private JsonObject handshake(String fields, String ext) {
        return only(OutgoingMessage.handshake("7", TYPES, object(fields), object(ext)));
    }

    private JsonObject only(OutgoingMessage message) {
        return only(MessageWriter.write(List.of(message)));
    }

    private static String batch(List<Request> requests, String clientId) {
        return MessageWriter.write(requests.stream().map(request -> OutgoingMessage.of(request, clientId)).toList());
    }

    private JsonObject only(String batch) {
        assertEquals(1, json.parse(batch).asJsonArray().size());
        return json.parse(batch).asJsonArray().getJsonObject(0);
    }

    @Test
    @Tag("C-02")
    void handshakeFieldsAreThoseOfTheSpecification() {
        assertEquals(object("{'channel':'/meta/handshake','id':'7','version':'1.0','minimumVersion':'1.0',"
                + "'supportedConnectionTypes':['websocket','long-polling']}"), handshake("{}", "{}"));
    }

    @Test
    void theTypeOfABatchIsThatOfItsOnlyMetaMessage() {
        OutgoingMessage subscribe = OutgoingMessage.of(Request.ofSubscription(Request.Kind.SUBSCRIBE, "/a"), "c");
        OutgoingMessage publish = OutgoingMessage.of(Request.ofData(Request.Kind.PUBLISH, "/a/b", "1"), "c");

        assertEquals("subscribe", MessageWriter.batch(List.of(subscribe), Duration.ZERO).metaType());
        assertEquals("", MessageWriter.batch(List.of(subscribe, subscribe), Duration.ZERO).metaType());
        assertEquals("", MessageWriter.batch(List.of(publish), Duration.ZERO).metaType());
    }

    @Test
    @Tag("C-03")
    void handshakeCarriesMoreFieldsAndItsExt() {
        JsonObject handshake = handshake("{'more':[1,{}],'advice':{'timeout':5}}", "{'a':{'x':1},'token':'t'}");

        assertEquals(object("{'a':{'x':1},'token':'t'}"), handshake.getJsonObject("ext"));
        assertEquals("[1,{}]", handshake.get("more").toString());
        assertEquals("{\"timeout\":5}", handshake.get("advice").toString());
    }

    @Test
    @Tag("C-03")
    void handshakeTemplateCannotOverrideTheProtocol() {
        String evil = "'channel':'/x','id':'0','clientId':'stolen','version':'9','minimumVersion':'9',"
                + "'supportedConnectionTypes':['none']";
        String text = MessageWriter
                .write(List.of(OutgoingMessage.handshake("7", TYPES, object("{" + evil + "}"), object("{}"))));

        assertEquals(handshake("{}", "{}"), only(text));
        assertEquals(text.indexOf("\"channel\""), text.lastIndexOf("\"channel\""));
    }

    @Test
    void extIsLeftOutIfNothingIsInIt() {
        assertFalse(handshake("{'ext':{'ignored':1}}", "{}").containsKey("ext"));
    }

    @Test
    void requestCarriesItsExt() {
        Request subscribe = Request.ofSubscription(Kind.SUBSCRIBE, "/a", object("{'replay':{'/a':-1}}"));
        subscribe.assignId("3");

        assertEquals(object("{'channel':'/meta/subscribe','id':'3','clientId':'c','subscription':'/a',"
                + "'ext':{'replay':{'/a':-1}}}"), only(batch(List.of(subscribe), "c")));
    }

    @Test
    @Tag("C-15")
    void fieldsOfTheConnect() {
        assertEquals(object("{'channel':'/meta/connect','id':'8','clientId':'c1','connectionType':'long-polling'}"),
                only(OutgoingMessage.connect("8", "c1", "long-polling", false, object("{}"))));
    }

    @Test
    @Tag("C-16")
    void timeoutZeroOnlyWhenAsked() {
        assertEquals(object("{'timeout':0}"),
                only(OutgoingMessage.connect("8", "c1", "long-polling", true, object("{}"))).getJsonObject("advice"));
    }

    @Test
    @Tag("C-52")
    void batchIsOneArrayInItsOrder() {
        List<Request> requests = List.of(Request.ofData(Kind.PUBLISH, "/a", "{\"x\":1}"),
                Request.ofSubscription(Kind.SUBSCRIBE, "/b/**"), Request.ofSubscription(Kind.UNSUBSCRIBE, "/c"),
                Request.ofData(Kind.CALL, "/service/d", "null"), Request.ofDisconnect());
        for (int n = 0; n < requests.size(); n++) {
            requests.get(n).assignId(Integer.toString(n + 1));
        }

        assertEquals(json.parse(("[{'channel':'/a','id':'1','clientId':'c','data':{'x':1}},"
                + "{'channel':'/meta/subscribe','id':'2','clientId':'c','subscription':'/b/**'},"
                + "{'channel':'/meta/unsubscribe','id':'3','clientId':'c','subscription':'/c'},"
                + "{'channel':'/service/d','id':'4','clientId':'c','data':null},"
                + "{'channel':'/meta/disconnect','id':'5','clientId':'c'}]").replace('\'', '"')),
                json.parse(batch(requests, "c")));
    }

    @Test
    void withoutASessionThereIsNoClientId() {
        assertFalse(only(batch(List.of(Request.ofDisconnect()), null)).containsKey("clientId"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "\\", "\\\"", "\"}],[{\"channel\":\"/meta/disconnect", "\u0000\n\r\t\u001f\u007f",
            "\u2028\u2029", "\uD800", "\u65e5\uD83D\uDE00", "{", "[", "/*"})
    void whateverNamesAndValuesHoldTheTextIsJson(String hostile) {
        JsonObject fields = object("{}");
        JsonObject ext = jakarta.json.Json.createObjectBuilder().add(hostile, hostile).build();
        JsonObject more = jakarta.json.Json.createObjectBuilder(fields).add(hostile + "x", hostile).build();
        JsonObject handshake = only(OutgoingMessage.handshake(hostile, List.of(hostile, hostile), more,
                jakarta.json.Json.createObjectBuilder(ext).add(hostile + "y", ext).build()));
        assertEquals(hostile, handshake.getString("id"));
        assertEquals(hostile, handshake.getJsonArray("supportedConnectionTypes").getString(1));
        assertEquals(hostile, handshake.getString(hostile + "x"));
        assertEquals(hostile, handshake.getJsonObject("ext").getString(hostile));
        assertEquals(ext, handshake.getJsonObject("ext").getJsonObject(hostile + "y"));

        assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(MessageWriter.write(List.of(
                OutgoingMessage.handshake(hostile, List.of(hostile), more, ext)))));

        Request subscribe = Request.ofSubscription(Kind.SUBSCRIBE, "/" + hostile);
        Request publish = Request.ofData(Kind.PUBLISH, "/" + hostile, "[\"" + "x".repeat(5000) + "\"]");
        subscribe.assignId(hostile);
        publish.assignId(hostile);
        List<JsonObject> batch = json.parse(batch(List.of(subscribe, publish), hostile)).asJsonArray()
                .getValuesAs(JsonObject.class);
        assertEquals("/" + hostile, batch.get(0).getString("subscription"));
        assertEquals("/" + hostile, batch.get(1).getString("channel"));
        assertTrue(batch.stream().allMatch(message -> message.getString("clientId").equals(hostile)));
        assertEquals(hostile,
                only(OutgoingMessage.connect("1", hostile, hostile, true, ext)).getString("connectionType"));
    }
}
