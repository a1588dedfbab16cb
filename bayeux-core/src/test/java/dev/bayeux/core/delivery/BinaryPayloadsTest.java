package dev.bayeux.core.delivery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BinaryData;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.MessageReader;
import jakarta.json.JsonObject;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryPayloadsTest {

    private static final Json JSON = Json.find();

    private final Payloads payloads = new Payloads(JSON, null);

    private static IncomingMessage message(String ext, String data) {
        return new MessageReader(JSON).read("[{\"channel\":\"/a\",\"ext\":%s,\"data\":%s}]".formatted(ext, data),
                "long-polling").messages().getFirst();
    }

    private BinaryData read(String ext, String data) {
        return (BinaryData) payloads.read(message(ext, data), BinaryData.class);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"864FD26FB559F75B,HelloWorld", "01,0r", "0102,0rJ", "010203,0rJu",
            "0001020304,009c61o",
            "FF,@@", "FFFFFFFF,%nSc0", "\"\",\"\""})
    void bytesHaveTheTextThatOthersGiveThem(String hex, String text) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertEquals(text, Z85.encode(bytes));
        assertArrayEquals(bytes, Z85.decode(text));
    }

    @Test
    void anyBytesComeBack() {
        Random random = new Random(7);
        for (int length = 0; length < 300; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            assertArrayEquals(bytes, Z85.decode(Z85.encode(bytes)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "Hello0", "a b", "0r\u00e9", "~~~~~", "%nSc1", "#####", "\"\"", "00\\"})
    void textThatNoBytesHaveIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Z85.decode(text));
    }

    @Test
    void bytesComeBackWithTheirDescription() {
        JsonObject meta = JSON.parse("{\"name\":\"x.png\"}").asJsonObject();
        BinaryData data = BinaryData.of(new byte[]{1, 2, 3}).withLast(false).withMeta(meta);
        String text = payloads.write("/a", data).text();

        assertEquals("{\"data\":\"0rJu\",\"last\":false,\"meta\":{\"name\":\"x.png\"}}", text);
        assertEquals("{\"binary\":{}}", payloads.extOf(data).toString());
        assertEquals(data, read("{\"binary\":{}}", text));
        assertEquals("{\"data\":\"\",\"last\":true}", payloads.write("/a", BinaryData.of(new byte[0])).text());
        assertTrue(payloads.extOf("text").isEmpty());
    }

    @Test
    void absentFieldsHaveDefaults() {
        BinaryData data = read("{\"binary\":true,\"other\":1}", "{\"data\":\"0r\",\"meta\":null}");
        assertTrue(data.isLast());
        assertTrue(data.meta().isEmpty());
        assertFalse(read("{\"binary\":{}}", "{\"data\":\"0r\",\"last\":false}").isLast());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{} | {\"data\":\"0r\"}", "{\"binary\":{}} | {\"data\":7}",
            "{\"binary\":{}} | \"0r\"", "{\"binary\":{}} | null", "{\"binary\":{}} | {\"data\":\"0\"}",
            "{\"binary\":{}} | [{\"data\":\"0r\"}]"})
    void dataWithoutBytesFailsThisMessage(String ext, String data) {
        PayloadException failure = assertThrows(PayloadException.class, () -> read(ext, data));
        assertEquals("/a", failure.channel());
        assertTrue(failure.getMessage().contains(BinaryData.class.getName()), failure::getMessage);
    }
}
