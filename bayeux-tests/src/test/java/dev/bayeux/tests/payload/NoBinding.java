package dev.bayeux.tests.payload;

import jakarta.json.bind.Jsonb;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.lang.reflect.Type;

/** A binding that must not be used. */
final class NoBinding implements Jsonb {

    private static AssertionError used() {
        return new AssertionError("The binding was used.");
    }

    @Override
    public <T> T fromJson(String text, Class<T> type) {
        throw used();
    }

    @Override
    public <T> T fromJson(String text, Type type) {
        throw used();
    }

    @Override
    public <T> T fromJson(Reader text, Class<T> type) {
        throw used();
    }

    @Override
    public <T> T fromJson(Reader text, Type type) {
        throw used();
    }

    @Override
    public <T> T fromJson(InputStream text, Class<T> type) {
        throw used();
    }

    @Override
    public <T> T fromJson(InputStream text, Type type) {
        throw used();
    }

    @Override
    public String toJson(Object value) {
        throw used();
    }

    @Override
    public String toJson(Object value, Type type) {
        throw used();
    }

    @Override
    public void toJson(Object value, Writer to) {
        throw used();
    }

    @Override
    public void toJson(Object value, Type type, Writer to) {
        throw used();
    }

    @Override
    public void toJson(Object value, OutputStream to) {
        throw used();
    }

    @Override
    public void toJson(Object value, Type type, OutputStream to) {
        throw used();
    }

    @Override
    public void close() {
        // Has nothing.
    }
}
