package dev.bayeux.cli.probe;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.cli.console.Palette;
import dev.bayeux.cli.options.JsonArgument;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report is written for people. */
class ProbeReportTest {

    private final ProbeReport report = new ProbeReport("http://localhost/x");
    private final ResponseHeaders headers = new ResponseHeaders();

    private void assertShows(String line) {
        report.finish(headers, List.of());
        String shown = report.forPeople(Palette.PLAIN);
        assertTrue(shown.lines().anyMatch(line::equals), shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{'supportedConnectionTypes':[{'name':'x'}]} | connection types {'name':'x'}",
            "{'supportedConnectionTypes':[{'name':1}]}   | connection types {'name':1}",
            "{'advice':{'a':{'name':'x'}}}               | advice           a {'name':'x'}",
            "{'advice':[{'name':null}]}                  | advice           {'name':null}"}, quoteCharacter = '`')
    void noTextOfAServerIsTreatedAsACookie(String reply, String line) {
        report.handshake(JsonArgument.parse(reply.replace('\'', '"')).asJsonObject());
        assertShows(line.replace('\'', '"'));
    }

    @Test
    void cookiesHaveNamesAndAttributes() throws Exception {
        headers.put(URI.create("https://example.org/x"),
                Map.of("Set-Cookie", List.of("A=secret; Path=/; HttpOnly", "B=2")));
        assertShows("cookies          A (Path=/, HttpOnly), B (none)");
    }
}
