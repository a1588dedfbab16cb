package dev.bayeux.jackson;

import dev.bayeux.tests.architecture.StoredApi;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What programs can see of the module is what {@code docs/api} says. */
class ApiTextTest {

    @Test
    void theExportedApiIsTheOneThatIsStored() throws Exception {
        StoredApi.assertStored(Path.of("target/classes"), JacksonBinding.class.getClassLoader());
    }
}
