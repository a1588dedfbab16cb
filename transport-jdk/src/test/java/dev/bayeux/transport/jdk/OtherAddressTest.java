package dev.bayeux.transport.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The property of the JVM without which the transport can choose no address. */
@Tag("transport:jdk")
class OtherAddressTest {

    /** The JDK reads the property once, so only a new JVM can tell. */
    @Test
    void theTransportSetsThePropertyInTime() throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-classpath", System.getProperty("java.class.path"),
                OtherAddressTest.class.getName()).redirectErrorStream(true).start();
        assertEquals("true", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    }

    /** Runs in a JVM of its own. */
    public static void main(String[] args) {
        new JdkLongPollingProvider();
        System.out.println(OtherAddress.isUsable());
    }
}
