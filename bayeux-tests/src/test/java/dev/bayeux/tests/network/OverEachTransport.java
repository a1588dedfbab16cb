package dev.bayeux.tests.network;

import dev.bayeux.tests.interop.Http;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A test of what all transports do that come with the library: the example over OkHttp knows no settings of HTTP. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@EnumSource(value = Http.class, mode = Mode.EXCLUDE, names = "OKHTTP")
@interface OverEachTransport {
}
