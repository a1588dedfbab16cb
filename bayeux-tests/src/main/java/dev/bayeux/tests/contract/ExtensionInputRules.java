package dev.bayeux.tests.contract;

import dev.bayeux.api.extension.Extension;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a server sends, an extension takes it: what it cannot use it ignores. */
abstract class ExtensionInputRules extends ExtensionRules {

    private Extension extension;

    @BeforeEach
    final void makeExtension() {
        extension = contract().newExtension();
    }

    /** What the extension says itself, as a server could say it too. */
    private Map<String, JsonValue> ownExt() throws InterruptedException {
        Map<String, JsonValue> own = new LinkedHashMap<>();
        for (SampleMessage message : SampleMessages.requests()) {
            SampleMessage result = pass(extension, message);
            if (result != null) {
                own.putAll(result.ext());
            }
        }
        return own;
    }

    @Test
    void oddMessagesAreTaken() throws Exception {
        passAll(extension, SampleMessages.odd());
    }

    @Test
    void oddValuesUnderItsNamesAreTaken() throws Exception {
        List<SampleMessage> odd = new ArrayList<>();
        Map<String, JsonValue> own = ownExt();
        List<SampleMessage> answers = new ArrayList<>(SampleMessages.answers());
        answers.addAll(SampleMessages.odd());
        for (SampleMessage answer : answers) {
            own.forEach(
                    (name, value) -> SampleMessages.variationsOf(Json.createObjectBuilder().add(name, value).build())
                            .forEach(ext -> odd.add(with(answer, ext))));
        }
        passAll(extension, odd);
    }

    @Test
    void messagesOfTheServerThatAreNotAsTheyShouldBeAreTaken() throws Exception {
        List<SampleMessage> odd = new ArrayList<>();
        for (SampleMessage message : contract().serverMessages()) {
            SampleMessages.variationsOf(message.json())
                    .forEach(json -> odd.add(SampleMessage.incoming(json.toString())));
        }
        passAll(extension, odd);
    }

    @Test
    void itWorksAfterwards() throws Exception {
        oddMessagesAreTaken();
        oddValuesUnderItsNamesAreTaken();
        messagesOfTheServerThatAreNotAsTheyShouldBeAreTaken();
        passAll(extension, usual());
        passAll(extension, contract().serverMessages());
    }

    private static SampleMessage with(SampleMessage message, JsonObject ext) {
        SampleMessage changed = message;
        for (Map.Entry<String, JsonValue> member : ext.entrySet()) {
            changed = changed.withExt(member.getKey(), member.getValue());
        }
        return changed;
    }
}
