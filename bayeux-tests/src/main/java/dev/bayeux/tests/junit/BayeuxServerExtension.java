package dev.bayeux.tests.junit;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.bayeux.Faults;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.memory.MemoryTransportProvider;
import dev.bayeux.tests.server.MemoryServer;
import dev.bayeux.tests.server.ScriptedPeer;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.jspecify.annotations.Nullable;

/** What {@link BayeuxServer} adds to a test. */
public final class BayeuxServerExtension implements ParameterResolver, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(BayeuxServerExtension.class);
    private static final Set<Class<?>> TYPES = Set.of(ScriptedBayeux.class, Faults.class, URI.class,
            TransportProvider.class);

    /** For JUnit. */
    public BayeuxServerExtension() {
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return TYPES.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException(
                    "Each test has a server of its own: it is a parameter of the test method, or of @BeforeEach or @AfterEach, and not of a constructor or @BeforeAll.");
        }
        ScriptedBayeux server = store(context).getOrComputeIfAbsent(ScriptedBayeux.class, any -> start(context),
                ScriptedBayeux.class);
        Class<?> type = parameter.getParameter().getType();
        if (type == ScriptedBayeux.class) {
            return server;
        }
        if (type == Faults.class) {
            return server.faults();
        }
        return type == URI.class ? server.uri() : transport(server.peer());
    }

    private static TransportProvider transport(ScriptedPeer peer) {
        if (peer instanceof MemoryServer memory) {
            return new MemoryTransportProvider(memory);
        }
        throw new ParameterResolutionException(
                "The server of this test has a port, which any transport reaches. For one in memory: @BayeuxServer(memory = true).");
    }

    private static Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }

    private static ScriptedBayeux start(ExtensionContext context) {
        return isInMemory(context.getRequiredTestClass())
                ? ScriptedBayeux.over(new MemoryServer())
                : ScriptedBayeux.start();
    }

    /** A nested class has the server of the class around it, unless it says otherwise. */
    private static boolean isInMemory(Class<?> testClass) {
        for (@Nullable
        Class<?> each = testClass; each != null; each = each.getEnclosingClass()) {
            BayeuxServer wanted = each.getAnnotation(BayeuxServer.class);
            if (wanted != null) {
                return wanted.memory();
            }
        }
        return false;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        ScriptedBayeux server = store(context).remove(ScriptedBayeux.class, ScriptedBayeux.class);
        if (server != null) {
            server.close();
            server.peer().assertScriptWorked();
        }
    }
}
