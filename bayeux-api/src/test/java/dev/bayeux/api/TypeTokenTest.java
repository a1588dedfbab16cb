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
