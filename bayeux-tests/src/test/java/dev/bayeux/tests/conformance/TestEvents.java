package dev.bayeux.tests.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What JUnit wrote down while the tests of a module ran, in the format of Open Test Reporting. */
final class TestEvents {

    private static final String FILE = "target/test-events/open-test-report.xml";
    /** The modules that run tests. Those in the folder "checks" run with mvn verify only. */
    private static final List<String> MODULES = List.of("bayeux-api", "bayeux-http", "bayeux-core", "checks/engine",
            "transport-jdk", "transport-jetty");
    /** Where the tests of bayeux-tests run. */
    private static final List<String> PARTS = List.of("bayeux-tests", "checks/clients", "checks/networks",
            "checks/servers", "checks/transports");

    /** A test, or something that has tests: a class, a method that runs several times. */
    private record Node(@Nullable Node parent, String name, Set<String> tags, @Nullable Element method) {

        Set<String> allTags() {
            Set<String> all = new HashSet<>(tags);
            if (parent != null) {
                all.addAll(parent.allTags());
            }
            return all;
        }

        /** The method of a test that is made while others run has none of its own. */
        @Nullable
        Element nextMethod() {
            return method == null && parent != null ? parent.nextMethod() : method;
        }
    }

    private TestEvents() {
    }

    /**
     * What ran in all modules that are built up to this one. Those that come later, the command line for one, use the
     * client as programs do and prove nothing of the protocol. A module with tests that has written nothing is an error.
     */
    static List<Proof> ofModules(Path project) throws IOException {
        List<Proof> proofs = new ArrayList<>();
        for (String module : MODULES) {
            proofs.addAll(read(project.resolve(module).resolve(FILE)));
        }
        proofs.addAll(proofs(runsOfBayeuxTests(project)));
        return proofs;
    }

    /** The tests of a module that ran to their end. */
    static List<Proof> read(Path file) throws IOException {
        return proofs(runs(file));
    }

    private static List<Proof> proofs(List<TestRun> runs) {
        return runs.stream().filter(TestRun::ran)
                .map(run -> new Proof(run.author(), run.method(), run.tags(), run.passed())).toList();
    }

    /** All tests of bayeux-tests. */
    static List<TestRun> runsOfBayeuxTests(Path project) throws IOException {
        List<TestRun> runs = new ArrayList<>();
        for (String part : PARTS) {
            runs.addAll(runs(project.resolve(part).resolve(FILE)));
        }
        return runs;
    }

    /** All tests of a module, each invocation of those that run several times by itself. */
    static List<TestRun> runs(Path file) throws IOException {
        try {
            Element events = DocumentBuilderFactory.newNSInstance().newDocumentBuilder().parse(file.toFile())
                    .getDocumentElement();
            Map<String, Node> nodes = new HashMap<>();
            for (Element started : elements(events, "started")) {
                nodes.put(started.getAttribute("id"), new Node(nodes.get(started.getAttribute("parentId")),
                        started.getAttribute("name"),
                        new HashSet<>(elements(started, "tag").stream().map(Element::getTextContent).toList()),
                        elements(started, "methodSource").stream().findFirst().orElse(null)));
            }
            Set<Node> parents = new HashSet<>();
            nodes.values().forEach(node -> parents.add(node.parent));
            List<TestRun> runs = new ArrayList<>();
            for (Element finished : elements(events, "finished")) {
                Node node = Objects.requireNonNull(nodes.get(finished.getAttribute("id")));
                Element method = node.nextMethod();
                Element result = elements(finished, "result").getFirst();
                if (method != null && !parents.contains(node)) {
                    String name = method.getAttribute("methodName");
                    runs.add(new TestRun(author(method.getAttribute("className"), name), name, node.name,
                            node.allTags(), TestRun.Status.valueOf(result.getAttribute("status")), reason(result)));
                }
            }
            return runs;
        } catch (ParserConfigurationException | SAXException unreadable) {
            throw new IOException(file + " is not what JUnit writes.", unreadable);
        }
    }

    /** Why an assumption did not hold. */
    private static String reason(Element result) {
        return elements(result, "throwable").stream().map(Element::getTextContent)
                .flatMap(text -> text.lines().limit(1)).map(text -> text.replaceFirst(".*Assumption failed: ", ""))
                .findFirst().orElse("");
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagNameNS("*", name);
        List<Element> elements = new ArrayList<>(found.getLength());
        for (int n = 0; n < found.getLength(); n++) {
            elements.add((Element) found.item(n));
        }
        return elements;
    }

    /** The class that the method is written in; the tests of other modules cannot be loaded, nor do they inherit. */
    private static String author(String className, String method) {
        try {
            Class<?> type = Class.forName(className, false, TestEvents.class.getClassLoader());
            for (Class<?> author = type; author != null; author = author.getSuperclass()) {
                if (Stream.of(author.getDeclaredMethods()).anyMatch(one -> one.getName().equals(method))) {
                    return withoutProject(author.getName());
                }
            }
        } catch (ClassNotFoundException ofAnotherModule) {
            // Its name says enough.
        }
        return withoutProject(className);
    }

    private static String withoutProject(String className) {
        return className.replaceFirst("^dev\\.bayeux\\.", "");
    }
}
