package dev.bayeux.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules for constructors find each kind of violation. */
@SuppressWarnings("unused")
class ConstructorsTest {

    private static final JavaClasses SAMPLES = new ClassFileImporter().importClasses(ByReference.class, InLambda.class,
            AsArgument.class, InField.class, Innocent.class, TooLong.class);
    private static final String PREFIX = ConstructorsTest.class.getName() + "$";

    private static final class ByReference {

        private final Runnable task;

        ByReference() {
            task = this::run;
        }

        private void run() {
            // Called by others.
        }
    }

    private static final class InLambda {

        private final List<String> texts = new ArrayList<>();
        private final Runnable task;

        InLambda() {
            task = () -> texts.add("");
        }
    }

    private static final class InField {

        private final Runnable task = this::run;

        private void run() {
            // Called by others.
        }
    }

    private static final class AsArgument {

        private static final List<AsArgument> ALL = new ArrayList<>();

        AsArgument() {
            register(this);
        }

        private static void register(AsArgument made) {
            ALL.add(made);
        }
    }

    private static final class Innocent {

        private static final String TEXT = "";
        private final Runnable task;
        private final Runnable other = Innocent::nothing;
        private final String text;

        Innocent(List<String> texts) {
            task = () -> texts.add(TEXT);
            text = made();
        }

        private static void nothing() {
            // Needs no object.
        }

        private String made() {
            return TEXT;
        }
    }

    private static final class TooLong {

        TooLong(int one, int two, int three, int four, int five, int six, int seven) {
            // Too many.
        }
    }

    private static Set<String> names(String... simple) {
        return Set.of(simple).stream().map(PREFIX::concat).collect(java.util.stream.Collectors.toSet());
    }

    @Test
    void handedOutObjectsAreFound() {
        assertEquals(names("ByReference", "InLambda", "InField", "AsArgument"),
                Constructors.handingOutThis(SAMPLES, PREFIX));
    }

    @Test
    void longConstructorsAreFound() {
        assertEquals(names("TooLong"), Constructors.longerThan(6, SAMPLES, PREFIX));
    }
}
