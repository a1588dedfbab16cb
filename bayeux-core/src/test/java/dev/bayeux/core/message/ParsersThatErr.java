package dev.bayeux.core.message;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/** A JSON library that reads as the real one does and says something else about its place in the text. */
final class ParsersThatErr {

    private ParsersThatErr() {
    }

    static Json over(LongUnaryOperator place) {
        return json((text, offset) -> place.applyAsLong(offset));
    }

    static Json countingBytes() {
        return json((text, offset) -> text.substring(0, (int) offset).getBytes(StandardCharsets.UTF_8).length);
    }

    private interface Place {
        long of(String text, long offset);
    }

    private static Json json(Place place) {
        JsonProvider real = JsonProvider.provider();
        JsonParserFactory parsers = (JsonParserFactory) Proxy.newProxyInstance(
                ParsersThatErr.class.getClassLoader(), new Class<?>[]{JsonParserFactory.class},
                (proxy, method, arguments) -> parser(real, (Reader) arguments[0], place));
        return new Json(real, parsers, real.createReaderFactory(Map.of()));
    }

    private static Object parser(JsonProvider real, Reader reader, Place place) throws java.io.IOException {
        StringWriter copy = new StringWriter();
        reader.transferTo(copy);
        String text = copy.toString();
        JsonParser parser = real.createParser(new StringReader(text));
        return Proxy.newProxyInstance(ParsersThatErr.class.getClassLoader(), new Class<?>[]{JsonParser.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getLocation")) {
                        return location(place.of(text, parser.getLocation().getStreamOffset()));
                    }
                    try {
                        return method.invoke(parser, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private static JsonLocation location(long offset) {
        return (JsonLocation) Proxy.newProxyInstance(ParsersThatErr.class.getClassLoader(),
                new Class<?>[]{JsonLocation.class}, (proxy, method, arguments) -> offset);
    }
}
