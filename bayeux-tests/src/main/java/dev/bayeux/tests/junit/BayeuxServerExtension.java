package dev.bayeux.tests.junit;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Implements {@link BayeuxServer}. JUnit makes it; programs use the annotation. */
public final class BayeuxServerExtension
        implements
            ParameterResolver,
            AfterEachCallback,
            TestExecutionExceptionHandler,
            LifecycleMethodExecutionExceptionHandler {

    private static final Namespace NAMESPACE = Namespace.create(BayeuxServerExtension.class);

    /** Makes the extension; called by JUnit. */
    public BayeuxServerExtension() {
    }

    /** {@inheritDoc} Then the constructor and the test method receive the same server. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == BayeuxTestServer.class || type == ServerFaults.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException("""
                    A Bayeux server lives as long as one test, so %s cannot have one. \
                    Ask for it in @BeforeEach or in the test method, or start one with BayeuxTestServer.start()."""
                    .formatted(parameter.getDeclaringExecutable()));
        }
        BayeuxTestServer server = context.getStore(NAMESPACE).getOrComputeIfAbsent(BayeuxTestServer.class,
                key -> BayeuxTestServer.start(), BayeuxTestServer.class);
        return parameter.getParameter().getType() == ServerFaults.class ? server.faults() : server;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw explained(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
            throws Throwable {
        throw explained(context, failure);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure)
            throws Throwable {
        throw explained(context, failure);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        // If JUnit does not call this method, the store closes the server.
        BayeuxTestServer server = context.getStore(NAMESPACE).remove(BayeuxTestServer.class, BayeuxTestServer.class);
        if (server != null) {
            server.close();
            try {
                server.scripted().peer().assertScriptWorked();
            } catch (AssertionError failure) {
                failure.addSuppressed(new LastMessages(server.conversation()));
                throw failure;
            }
        }
    }

    private static Throwable explained(ExtensionContext context, Throwable failure) {
        BayeuxTestServer server = context.getStore(NAMESPACE).get(BayeuxTestServer.class, BayeuxTestServer.class);
        if (server != null) {
            failure.addSuppressed(new LastMessages(server.conversation()));
        }
        return failure;
    }
}
