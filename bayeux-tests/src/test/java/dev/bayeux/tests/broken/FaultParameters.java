package dev.bayeux.tests.broken;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a contract the fault, a constant of whatever enum it wants, and the patience that its run was started with. */
final class FaultParameters implements ParameterResolver {

    /** The configuration parameter with the name of the constant. */
    static final String FAULT = "bayeux.fault";
    /** The configuration parameter with the patience; 10 s without it. */
    static final String PATIENCE = "bayeux.patience";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type.isEnum() || type == Duration.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == Duration.class) {
            return Duration.parse(context.getConfigurationParameter(PATIENCE).orElse("PT10S"));
        }
        String name = context.getConfigurationParameter(FAULT).orElseThrow();
        return Stream.of(type.getEnumConstants()).filter(fault -> fault.toString().equals(name)).findFirst()
                .orElseThrow();
    }
}
