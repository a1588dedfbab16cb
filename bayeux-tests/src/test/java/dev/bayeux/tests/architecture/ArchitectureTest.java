package dev.bayeux.tests.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.Reader;
import java.io.Serializable;
import java.io.StringReader;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How the modules and packages may depend on each other, and what main code does nowhere. */
class ArchitectureTest {

    private static final String API = "dev.bayeux.api..";
    private static final String HTTP = "dev.bayeux.http..";
    private static final String CORE = "dev.bayeux.core..";
    private static final String TRANSPORTS = "dev.bayeux.transport..";
    private static final String[] PURE = {"dev.bayeux.core.session..", "dev.bayeux.core.message..",
            "dev.bayeux.core.protocol.."};

    /** What may be used everywhere. */
    private static final String[] BASIS = {API, "java..", "javax.net.ssl..", "jakarta.json..", "org.jspecify.."};

    private static final JavaClasses MAIN = importMain();

    private static JavaClasses importMain() {
        // Also what belongs to others is read where it is mentioned. The rules must know what an Exception or a
        // CompletableFuture is, else they see calls only where a variable has the very type that they name.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(true);
        return new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.bayeux");
    }

    private static DescribedPredicate<JavaMethodCall> methods(Map<Class<?>, Set<String>> names) {
        return DescribedPredicate.describe("method that is one of " + names, call -> {
            MethodCallTarget target = call.getTarget();
            return names.entrySet().stream().anyMatch(entry -> target.getOwner().isAssignableTo(entry.getKey())
                    && entry.getValue().contains(target.getName()));
        });
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.bayeux.(**)").should().beFreeOfCycles().check(MAIN);
    }

    /** Not only packages: a circle of classes is one class in many files. The interface is allowed to name its one factory. */
    @Test
    void classesOfTheEngineHaveNoCycles() {
        ClassCircles circles = ClassCircles.of(MAIN, "dev.bayeux.core.");

        assertEquals(Set.of(Set.of("dev.bayeux.core.runtime.ClientRuntime", "dev.bayeux.core.runtime.JvmRuntime")),
                circles.all());
    }

    @Test
    void noConstructorOfTheEngineHasMoreThanSixParameters() {
        assertEquals(Set.of(), Constructors.longerThan(6, MAIN, "dev.bayeux.core."));
    }

    /** Such an object could be called before it is complete. */
    @Test
    void noConstructorOfTheEngineHandsOutItsObject() {
        assertEquals(Set.of(), Constructors.handingOutThis(MAIN, "dev.bayeux.core."));
    }

    @Test
    void theApiNeedsNothingButJsonAndAnnotations() {
        classes().that().resideInAPackage(API).should().onlyDependOnClassesThat().resideInAnyPackage(BASIS)
                .check(MAIN);
    }

    @Test
    void theSupportForHttpTransportsNeedsNothingButTheApi() {
        classes().that().resideInAPackage(HTTP).should()
                .onlyDependOnClassesThat(resideInAnyPackage(BASIS).or(resideInAnyPackage(HTTP))).check(MAIN);
    }

    @Test
    void theEngineNeedsNothingButTheApi() {
        DescribedPredicate<JavaClass> known = resideInAnyPackage(BASIS).or(resideInAnyPackage(CORE));
        String seeing = "dev.bayeux.core.observe..";
        classes().that().resideInAPackage(CORE).and().resideOutsideOfPackage(seeing).should()
                .onlyDependOnClassesThat(known).check(MAIN);
        // The one place that an image without the module jdk.jfr must not need.
        classes().that().resideInAPackage(seeing).should()
                .onlyDependOnClassesThat(known.or(resideInAnyPackage("jdk.jfr"))).check(MAIN);
    }

    @Test
    void transportsKnowNeitherTheEngineNorEachOther() {
        noClasses().that().resideInAPackage(TRANSPORTS).should().dependOnClassesThat().resideInAPackage(CORE)
                .check(MAIN);
        slices().matching("dev.bayeux.transport.(*)..").should().notDependOnEachOther().check(MAIN);
    }

    @Test
    void theContractsKnowNoEngineAndNoTransport() {
        noClasses().that().resideInAPackage("dev.bayeux.tests..").should().dependOnClassesThat()
                .resideInAnyPackage(CORE, TRANSPORTS).check(MAIN);
    }

    @Test
    void theSessionMachineAndTheMessagesTouchNothingOutside() {
        DescribedPredicate<JavaClass> outside = resideInAnyPackage("java.io..", "java.net..", "java.nio..",
                "java.util.concurrent.locks..")
                .and(DescribedPredicate.not(type(Reader.class).or(type(StringReader.class))
                        .or(type(Serializable.class))))
                .or(type(Thread.class)).or(type(Clock.class)).or(type(ThreadLocalRandom.class));
        noClasses().that().resideInAnyPackage(PURE).should()
                .dependOnClassesThat(outside.as("do I/O, wait, or ask for the time")).check(MAIN);
        noClasses().that().resideInAnyPackage(PURE).should()
                .callMethodWhere(methods(Map.of(System.class, Set.of("nanoTime", "currentTimeMillis"),
                        Instant.class, Set.of("now"), Math.class, Set.of("random"))))
                .check(MAIN);
    }

    @Test
    void theEngineHasItsTimeAndThreadsFromOnePlace() {
        noClasses().that().resideInAPackage(CORE).and().resideOutsideOfPackage("dev.bayeux.core.runtime..").should()
                .callMethodWhere(methods(Map.of(System.class, Set.of("nanoTime", "currentTimeMillis"), Instant.class,
                        Set.of("now"), Thread.class, Set.of("ofVirtual", "ofPlatform", "startVirtualThread", "join"),
                        Future.class, Set.of("get", "join"), CountDownLatch.class, Set.of("await"),
                        ThreadLocalRandom.class, Set.of("current"))))
                .check(MAIN);
    }

    @Test
    void nothingSleeps() {
        noClasses().should()
                .callMethodWhere(methods(Map.of(Thread.class, Set.of("sleep"), TimeUnit.class, Set.of("sleep"))))
                .check(MAIN);
        noClasses().should().dependOnClassesThat().areAssignableTo(Timer.class).check(MAIN);
    }

    @Test
    void nothingIsPrinted() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(MAIN);
        // The rule above covers the stack traces without a destination, of all Throwables; the library writes none
        // anywhere.
        noClasses().that().resideOutsideOfPackage("dev.bayeux.tests..").should()
                .callMethodWhere(methods(Map.of(Throwable.class, Set.of("printStackTrace")))).check(MAIN);
    }

    /** Calls of subtypes, which the class file names as it finds them. */
    private static final class Calls {

        static void some(Exception failed, CompletableFuture<?> result) throws Exception {
            failed.printStackTrace();
            result.get();
        }
    }

    @Test
    void theRulesSeeCallsOfSubtypes() {
        JavaClasses calls = new ClassFileImporter().importClasses(Calls.class);
        assertThrows(AssertionError.class, () -> NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(calls));
        assertThrows(AssertionError.class, () -> noClasses().should()
                .callMethodWhere(methods(Map.of(Future.class, Set.of("get")))).check(calls));
    }

    @Test
    void noMonitorsAreUsed() {
        noMethods().should().haveModifier(SYNCHRONIZED).check(MAIN);
        noClasses().should()
                .callMethodWhere(methods(Map.of(Object.class, Set.of("wait", "notify", "notifyAll")))
                        .and(DescribedPredicate.describe("of Object",
                                call -> call.getTarget().getOwner().isEquivalentTo(Object.class))))
                .check(MAIN);
    }
}
