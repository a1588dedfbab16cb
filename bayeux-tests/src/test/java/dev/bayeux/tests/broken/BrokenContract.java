package dev.bayeux.tests.broken;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.TransportContract;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The contract, held against a transport with the fault that a configuration parameter names. */
@ExtendWith(BrokenContract.Parameters.class)
final class BrokenContract extends TransportContract {

    static final String FAULT = "bayeux.fault";
    static final String PATIENCE = "bayeux.patience";

    private final Fault fault;
    private final Duration patience;

    BrokenContract(Fault fault, Duration patience) {
        this.fault = fault;
        this.patience = patience;
    }

    static final class Parameters implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> type = parameter.getParameter().getType();
            return type == Fault.class || type == Duration.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Fault.class
                    ? Fault.valueOf(context.getConfigurationParameter(FAULT).orElse("NONE"))
                    : Duration.parse(context.getConfigurationParameter(PATIENCE).orElse("PT10S"));
        }
    }

    @Override
    protected TransportProvider transportProvider() {
        return fault.provider();
    }

    @Override
    protected Duration patience() {
        return patience;
    }
}
