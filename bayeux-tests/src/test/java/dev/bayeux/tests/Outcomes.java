package dev.bayeux.tests;

import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.Filter;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a test class within a test. */
public final class Outcomes {

    private static final Launcher LAUNCHER = LauncherFactory.create();

    private Outcomes() {
    }

    /** Names of methods (or, if a whole class failed, of the class) with "passed", "failed: …" or "skipped: …". */
    public static Map<String, String> of(Class<?> testClass) {
        return of(DiscoverySelectors.selectClass(testClass), Map.of());
    }

    /** The same for a part of a class, or with configuration parameters. */
    public static Map<String, String> of(DiscoverySelector what, Map<String, String> parameters, Filter<?>... filters) {
        Map<String, String> outcomes = new TreeMap<>();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(what).configurationParameters(parameters)
                .filters(filters).build();
        LAUNCHER.execute(request, new TestExecutionListener() {
            @Override
            public void executionSkipped(TestIdentifier test, String reason) {
                outcomes.put(name(test), "skipped: " + reason);
            }

            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                String what = result.getThrowable().map(Throwable::getMessage).orElse("");
                switch (result.getStatus()) {
                    case SUCCESSFUL -> {
                        if (test.isTest()) {
                            outcomes.put(name(test), "passed");
                        }
                    }
                    case ABORTED -> outcomes.put(name(test), "skipped: " + what);
                    case FAILED -> outcomes.put(name(test), "failed: " + what);
                }
            }
        });
        return outcomes;
    }

    private static String name(TestIdentifier test) {
        return test.getSource().map(source -> source instanceof MethodSource method ? method.getMethodName() : "")
                .filter(name -> !name.isEmpty()).orElse(test.getDisplayName());
    }
}
