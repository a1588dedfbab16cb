package dev.bayeux.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.FileOutputStream;
import java.util.Timer;
import org.junit.jupiter.api.Test;

/** The packages of the command line have no cycles, and their code avoids certain calls. */
class CliArchitectureTest {

    private static final JavaClasses MAIN = importMain();

    private static JavaClasses importMain() {
        // Otherwise the rules would find printStackTrace of a Throwable, but not of an Exception.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(true);
        return new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.bayeux.cli");
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.bayeux.cli.(**)").should().beFreeOfCycles().check(MAIN);
        noClasses().that().resideInAPackage("dev.bayeux.cli.*..").should().dependOnClassesThat()
                .resideInAPackage("dev.bayeux.cli").check(MAIN);
    }

    @Test
    void noTypeOfTheEngineIsNamed() {
        noClasses().should().dependOnClassesThat().resideInAPackage("dev.bayeux.core..").check(MAIN);
    }

    @Test
    void onePlaceOpensTheStreamsOfTheProcess() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(MAIN);
        noClasses().that().doNotHaveFullyQualifiedName("dev.bayeux.cli.console.Streams").should()
                .dependOnClassesThat().areAssignableTo(FileOutputStream.class).check(MAIN);
    }

    @Test
    void nothingSleepsAndNoMonitorIsUsed() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(MAIN);
        noClasses().should().dependOnClassesThat().areAssignableTo(Timer.class).check(MAIN);
        noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED).check(MAIN);
    }
}
