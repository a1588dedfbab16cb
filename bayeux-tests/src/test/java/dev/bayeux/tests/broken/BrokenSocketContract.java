package dev.bayeux.tests.broken;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.FullDuplexContract;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The contract of full-duplex transports, held against one with the fault that a configuration parameter names. */
@ExtendWith(BrokenSocketContract.Parameters.class)
final class BrokenSocketContract extends FullDuplexContract {

    private final SocketFault fault;
    private final Duration patience;

    BrokenSocketContract(SocketFault fault, Duration patience) {
        this.fault = fault;
        this.patience = patience;
    }

    static final class Parameters implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> type = parameter.getParameter().getType();
            return type == SocketFault.class || type == Duration.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == SocketFault.class
                    ? SocketFault.valueOf(context.getConfigurationParameter(BrokenContract.FAULT).orElseThrow())
                    : Duration.parse(context.getConfigurationParameter(BrokenContract.PATIENCE).orElse("PT10S"));
        }
    }

    @Override
    protected TransportProvider transportProvider() {
        return fault.provider();
    }

    @Override
    protected boolean showsUpgradeHeaders() {
        return false;
    }

    @Override
    protected Duration patience() {
        return patience;
    }
}
