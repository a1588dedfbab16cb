package dev.bayeux.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.binding.JsonbBinding;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.core.message.Json;
import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/** Records of which {@code jlink --strip-debug} has taken the names of the parameters, and others beside them. */
class RecordBinderTest {

    private static final String LINE = "{'user':'ann','n':7}";
    private static final String LINE_TEXT = "Line[user=ann, n=7]";

    private final Payloads payloads = new Payloads(Json.find(), null);

    /** Loads the sample classes again, as jlink or the compiler has written them. */
    private static final class Loader extends ClassLoader {

        private final boolean stripped;

        Loader(boolean stripped) {
            super(RecordBinderTest.class.getClassLoader());
            this.stripped = stripped;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known != null
                        ? known
                        : name.startsWith(SampleRecords.class.getName())
                                ? define(name)
                                : super.loadClass(name, resolve);
            }
        }

        private Class<?> define(String name) {
            try (InputStream in = Objects.requireNonNull(
                    SampleRecords.class.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class"))) {
                ClassWriter to = new ClassWriter(0);
                new ClassReader(in).accept(to, stripped ? ClassReader.SKIP_DEBUG : 0);
                byte[] bytes = to.toByteArray();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException never) {
                throw new IllegalStateException(never);
            }
        }

        Class<?> sample(String name) {
            try {
                return loadClass(SampleRecords.class.getName() + "$" + name);
            } catch (ClassNotFoundException never) {
                throw new IllegalStateException(never);
            }
        }
    }

    private record Generic(Class<?> raw, Type... arguments) implements ParameterizedType {

        @Override
        public Type[] getActualTypeArguments() {
            return arguments;
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public Type getOwnerType() {
            return null;
        }
    }

    private String read(String text, Type type) {
        Object read = payloads.read("/a", text.replace('\'', '"'), type);
        return read instanceof Object[] array ? List.of(array).toString() : String.valueOf(read);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recordsArriveWholeWithAndWithoutTheNames(boolean stripped) {
        Loader loader = new Loader(stripped);
        Class<?> line = loader.sample("Line");

        assertEquals(!stripped, line.getDeclaredConstructors()[0].getParameters()[0].isNamePresent());
        assertEquals(LINE_TEXT, read(LINE, line));
        assertEquals("Line[user=null, n=0]", read("{}", line));
        assertEquals("[" + LINE_TEXT + "]", read("[" + LINE + "]", new Generic(List.class, line)));
        assertEquals("[" + LINE_TEXT + "]", read("[" + LINE + "]", line.arrayType()));
        assertEquals("{a=" + LINE_TEXT + "}", read("{'a':" + LINE + "}", new Generic(Map.class, String.class, line)));
    }

    @Test
    void recordsOfRecordsArriveWhole() {
        Class<?> order = new Loader(true).sample("Order");
        String read = read("{'order-id':'4711','line':" + LINE + ",'lines':[" + LINE + ",null],'maybe':" + LINE
                + ",'byName':{'a':" + LINE + "},'days':['MONDAY'],'date':'2026-02-28','pair':{'one':" + LINE
                + ",'more':[" + LINE + "]},'count':3,'paid':true,'more':1}", order);

        assertEquals(
                "Order[id=4711, line=" + LINE_TEXT + ", lines=[" + LINE_TEXT + ", null], maybe=Optional[" + LINE_TEXT
                        + "], byName={a=" + LINE_TEXT + "}, array=null, days=[MONDAY], date=2026-02-28, pair=Pair[one="
                        + LINE_TEXT
                        + ", more=[" + LINE_TEXT + "]], count=OptionalInt[3], paid=true]",
                read);
        assertTrue(read("{}", order).contains("maybe=Optional.empty"));
        assertTrue(read("{}", order).contains("count=OptionalInt.empty"));
    }

    @Test
    void aRecordThatWouldBeEmptyFails() {
        Loader loader = new Loader(true);
        for (String name : List.of("Bean", "Dated")) {
            PayloadException failed = assertThrows(PayloadException.class,
                    () -> read("{'line':" + LINE + ",'day':'01.02.2026'}", loader.sample(name)));
            assertTrue(failed.getMessage().contains("jlink --strip-debug"), failed::getMessage);
        }
        assertThrows(PayloadException.class, () -> read("[1]", loader.sample("Line")));
        PayloadException refused = assertThrows(PayloadException.class, () -> read("{'n':-1}", loader.sample("Line")));
        assertTrue(refused.getMessage().contains("n is negative: -1"), refused::getMessage);
    }

    @Test
    void aBindingOfTheProgramSaysSoToo() {
        Class<?> line = new Loader(true).sample("Line");
        Payloads own = new Payloads(Json.find(), JsonbBinding.of(JsonbBuilder.create()));

        PayloadException failed = assertThrows(PayloadException.class,
                () -> own.read("/a", LINE.replace('\'', '"'), line));
        assertTrue(failed.getMessage().contains("jlink --strip-debug"), failed::getMessage);
        assertEquals("Line[user=null, n=0]", String.valueOf(own.read("/a", "{\"n\":0,\"user\":null}", line)));
    }

    @Test
    void recordsAreWrittenWithoutTheNames() throws ReflectiveOperationException {
        Class<?> line = new Loader(true).sample("Line");
        Object value = line.getDeclaredConstructor(String.class, int.class).newInstance("ann", 7);

        assertEquals("{\"n\":7,\"user\":\"ann\"}", payloads.write("/a", value).text());
    }

    private record Hidden(String user) {}

    @Test
    void aClassThatCannotBeReachedSaysWhatToDo() {
        for (PayloadException failed : List.of(
                assertThrows(PayloadException.class, () -> payloads.write("/a", new Hidden("ann"))),
                assertThrows(PayloadException.class, () -> read("{'user':'ann'}", Hidden.class)))) {
            assertTrue(
                    failed.getMessage().contains("make the class public, and write \"opens dev.bayeux.core.delivery;\""
                            + " in the module-info.java of dev.bayeux.core"),
                    failed::getMessage);
        }
    }

    private static WeakReference<?> readWith(Payloads payloads) {
        Loader loader = new Loader(false);
        payloads.read("/a", LINE.replace('\'', '"'), loader.sample("Line"));
        return new WeakReference<>(loader);
    }

    @Test
    void theClassesThatAClientHasReadLeaveWithIt() {
        WeakReference<?> loader = readWith(new Payloads(Json.find(), null));
        for (int n = 0; n < 20 && loader.get() != null; n++) {
            System.gc();
        }
        assertFalse(loader.get() != null, "something static holds on to the class loader");
    }
}
