package dev.bayeux.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Each test class of this module runs once: with {@code mvn test}, or in one of the modules of the folder {@code checks}.
 * {@code older-jetty} runs some of them once more, with another version of Jetty.
 */
class SlowTestsTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final List<String> PARTS = List.of("clients", "transports", "networks", "servers");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]+)}");

    /** Those of a POM, with references to those of the POM of all modules replaced. */
    private static Map<String, String> properties(Path folder) throws Exception {
        Map<String, String> properties = new HashMap<>();
        for (Path pom : Set.of(ROOT.resolve("pom.xml"), folder.resolve("pom.xml"))) {
            NodeList all = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile())
                    .getDocumentElement().getElementsByTagName("properties");
            for (int n = 0; n < all.getLength(); n++) {
                if (all.item(n).getParentNode().getNodeName().equals("project")) {
                    put(properties, (Element) all.item(n));
                }
            }
        }
        return properties;
    }

    private static void put(Map<String, String> properties, Element element) {
        for (Node each = element.getFirstChild(); each != null; each = each.getNextSibling()) {
            if (each instanceof Element property) {
                properties.put(property.getTagName(), property.getTextContent());
            }
        }
    }

    /** Surefire's way to choose classes by their files. */
    private static Pattern classes(Path folder, String property) throws Exception {
        Map<String, String> properties = properties(folder);
        String chosen = REFERENCE.matcher(properties.get(property))
                .replaceAll(reference -> Matcher.quoteReplacement(properties.get(reference.group(1))));
        assertTrue(chosen.startsWith("%regex[") && chosen.endsWith("]"), chosen);
        return Pattern.compile(chosen.substring("%regex[".length(), chosen.length() - 1));
    }

    private static List<String> testClasses() throws Exception {
        Path classes = Path.of(SlowTestsTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(classes::relativize).map(Path::toString).map(name -> name.replace('\\', '/'))
                    .filter(name -> name.endsWith("Test.class") && !name.contains("$")).toList();
        }
    }

    @Test
    void eachClassRunsInOnePart() throws Exception {
        Pattern slow = classes(ROOT.resolve("bayeux-tests"), "slow.tests");
        Map<String, Pattern> parts = new TreeMap<>();
        for (String part : PARTS) {
            parts.put(part, classes(ROOT.resolve("checks").resolve(part), "checked.tests"));
        }
        Map<String, Set<String>> wrong = new TreeMap<>();
        for (String name : testClasses()) {
            Set<String> running = parts.entrySet().stream().filter(part -> part.getValue().matcher(name).matches())
                    .map(Map.Entry::getKey).collect(Collectors.toSet());
            if (running.size() != (slow.matcher(name).matches() ? 1 : 0)) {
                wrong.put(name, running);
            }
        }
        assertEquals(Map.of(), wrong,
                "the slow classes that run in none of the modules or in several, and others that do");
    }

    @Test
    void eachPartRunsSomething() throws Exception {
        for (String part : PARTS) {
            Pattern chosen = classes(ROOT.resolve("checks").resolve(part), "checked.tests");
            assertTrue(testClasses().stream().anyMatch(name -> chosen.matcher(name).matches()), part);
        }
    }
}
