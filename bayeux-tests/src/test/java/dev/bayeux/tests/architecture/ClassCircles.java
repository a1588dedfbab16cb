package dev.bayeux.tests.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The circles of top-level classes, each of which reaches all others of its circle. */
final class ClassCircles {

    private final Map<String, Set<String>> uses = new TreeMap<>();

    private ClassCircles() {
    }

    /** Those of some packages; a nested class belongs to the class around it. */
    static ClassCircles of(JavaClasses classes, String prefix) {
        ClassCircles circles = new ClassCircles();
        for (JavaClass each : classes) {
            String from = topLevel(each);
            for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
                String to = topLevel(dependency.getTargetClass().getBaseComponentType());
                if (from.startsWith(prefix) && to.startsWith(prefix) && !from.equals(to)) {
                    circles.uses.computeIfAbsent(from, name -> new TreeSet<>()).add(to);
                }
            }
        }
        return circles;
    }

    private static String topLevel(JavaClass any) {
        String name = any.getName();
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    private Set<String> reachedFrom(String start) {
        Set<String> reached = new HashSet<>();
        Set<String> fresh = new TreeSet<>(uses.getOrDefault(start, Set.of()));
        while (!fresh.isEmpty()) {
            Set<String> following = new TreeSet<>();
            for (String each : fresh) {
                if (reached.add(each)) {
                    following.addAll(uses.getOrDefault(each, Set.of()));
                }
            }
            fresh = following;
        }
        return reached;
    }

    /** Each circle by the names of its classes. */
    Set<Set<String>> all() {
        Map<String, Set<String>> reached = new TreeMap<>();
        uses.keySet().forEach(name -> reached.put(name, reachedFrom(name)));
        Set<Set<String>> circles = new HashSet<>();
        reached.forEach((name, others) -> {
            if (others.contains(name)) {
                Set<String> circle = new TreeSet<>();
                for (String other : others) {
                    if (reached.getOrDefault(other, Set.of()).contains(name)) {
                        circle.add(other);
                    }
                }
                circles.add(circle);
            }
        });
        return circles;
    }
}
