package dev.bayeux.kafka.config;

import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/** Checks the Java version of the worker. Tasks need Java 21; a worker may run on Java 17. */
public final class WorkerJava {

    private static final int NEEDED = 21;

    private WorkerJava() {
    }

    /**
     * Checks a version.
     *
     * @param feature the version, such as {@code Runtime.version().feature()}
     * @return the problem and what to do, {@code null} if there is none
     */
    public static @Nullable String problem(int feature) {
        return feature >= NEEDED
                ? null
                : "This worker runs on Java %d, and the tasks of this connector need Java %d or later. Start the workers with a newer Java; Kafka Connect 4 supports it."
                        .formatted(feature, NEEDED);
    }

    /**
     * Loads a class that is compiled for Java 21.
     *
     * @param <T> the superclass or interface
     * @param name the name of the class
     * @param type the superclass or interface
     * @return the class
     * @throws ConnectException if the worker's Java is too old, or the class is missing
     */
    public static <T> Class<? extends T> load(String name, Class<T> type) {
        try {
            return Class.forName(name, true, WorkerJava.class.getClassLoader()).asSubclass(type);
        } catch (UnsupportedClassVersionError tooOld) {
            throw new ConnectException(problem(Runtime.version().feature()), tooOld);
        } catch (ClassNotFoundException missing) {
            throw new ConnectException("The plugin is incomplete: %s is missing.".formatted(name), missing);
        }
    }
}
