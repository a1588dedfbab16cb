package dev.bayeux.tests.broken;

import dev.bayeux.api.spi.Extension;
import dev.bayeux.tests.contract.ExtensionContract;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The contract, held against an extension with the fault that a configuration parameter names. */
@ExtendWith(BrokenExtensionContract.Parameters.class)
final class BrokenExtensionContract extends ExtensionContract {

    static final String FAULT = "bayeux.extension.fault";

    private final ExtensionFault fault;

    BrokenExtensionContract(ExtensionFault fault) {
        this.fault = fault;
    }

    static final class Parameters implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ExtensionFault.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return ExtensionFault.valueOf(context.getConfigurationParameter(FAULT).orElse("NONE"));
        }
    }

    @Override
    protected Extension newExtension() {
        return fault.extension();
    }

    @Override
    protected Duration patience() {
        // Some rules wait in vain for what a broken one lets nobody have.
        return fault.broken().contains("theClientWorksAsItDoesWithout") ? Duration.ofMillis(300) : super.patience();
    }
}
