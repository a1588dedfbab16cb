package dev.bayeux.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypeTokenTest {

    @Test
    void aTokenIsTheTypeThatItNames() {
        TypeToken<Map<String, List<Integer>>> token = new TypeToken<>() {
        };

        assertEquals("java.util.Map<java.lang.String, java.util.List<java.lang.Integer>>", token.toString());
        assertEquals(token, new TypeToken<Map<String, List<Integer>>>() {
        });
        assertEquals(token.hashCode(), new TypeToken<Map<String, List<Integer>>>() {
        }.hashCode());
        assertNotEquals(token, new TypeToken<Map<String, List<Long>>>() {
        });
    }

    @Test
    void theTokenOfAClassIsThatClass() {
        assertEquals(String.class, TypeToken.of(String.class).type());
        assertEquals(new TypeToken<String>() {
        }, TypeToken.of(String.class));
    }

    private static <T> TypeToken<List<T>> unknown() {
        return new TypeToken<>() {
        };
    }

    /** A class with a variable, whose inner class has no more to it than that. */
    private static class Outer<T> {

        class Inner {
        }

        TypeToken<Inner> inner() {
            return new TypeToken<>() {
            };
        }
    }

    private static <T> TypeToken<T[]> array() {
        return new TypeToken<>() {
        };
    }

    private static <T> TypeToken<List<? extends T>> below() {
        return new TypeToken<>() {
        };
    }

    private static <T> TypeToken<List<? super T[]>> above() {
        return new TypeToken<>() {
        };
    }

    @Test
    void aVariableIsRefusedWhereverItIsNamed() {
        assertThrows(IllegalStateException.class, TypeTokenTest::array);
        assertThrows(IllegalStateException.class, TypeTokenTest::below);
        assertThrows(IllegalStateException.class, TypeTokenTest::above);
        assertThrows(IllegalStateException.class, () -> new Outer<String>().inner());
    }

    @Test
    void arraysAndWildcardsOfKnownTypesAreTokens() {
        assertEquals("java.util.List<? extends java.lang.Number>[]", new TypeToken<List<? extends Number>[]>() {
        }.toString());
        assertEquals("java.util.List<? super java.lang.Integer>", new TypeToken<List<? super Integer>>() {
        }.toString());
        assertEquals("java.util.List<?>", new TypeToken<List<?>>() {
        }.toString());
    }

    /** Names its type one step too far away. */
    private static class Indirect<T> extends TypeToken<T> {
    }

    @Test
    void aTypeThatIsNotKnownAtRunTimeIsRefused() {
        assertThrows(IllegalStateException.class, TypeTokenTest::unknown);
        assertThrows(IllegalStateException.class, () -> new Indirect<String>() {
        });
        assertThrows(IllegalStateException.class, Indirect<String>::new);
        assertThrows(NullPointerException.class, () -> TypeToken.of(null));
    }
}
