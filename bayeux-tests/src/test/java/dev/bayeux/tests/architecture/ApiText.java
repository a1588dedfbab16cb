package dev.bayeux.tests.architecture;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Executable;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a module promises to others, as text: each public or protected thing is a line. */
final class ApiText {

    private ApiText() {
    }

    /** The text of the module whose classes are in a folder, and are loaded by that class loader. */
    static String of(Path classes, ModuleDescriptor module, ClassLoader loader) {
        StringBuilder text = new StringBuilder("module %s%n".formatted(module.name()));
        module.exports().stream().filter(export -> !export.isQualified()).map(ModuleDescriptor.Exports::source).sorted()

                .forEach(name -> types(classes, name, loader).forEach(type -> write(type, text)));
        return text.toString();
    }

    private static List<Class<?>> types(Path classes, String packageName, ClassLoader loader) {
        try (Stream<Path> files = Files.list(classes.resolve(packageName.replace('.', '/')))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .map(name -> load(packageName + "." + name.substring(0, name.length() - ".class".length()), loader))
                    .filter(ApiText::isSeen).sorted(Comparator.comparing(Class::getName))
                    .collect(Collectors.toCollection(ArrayList::new));
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException(gone);
        }
    }

    /** With all types around it; a local class has none and is never seen. */
    private static boolean isSeen(Class<?> type) {
        Class<?> around = type.getEnclosingClass();
        return !type.isAnonymousClass() && !type.isLocalClass() && isSeen(type.getModifiers())
                && (around == null || isSeen(around));
    }

    private static boolean isSeen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static void write(Class<?> type, StringBuilder text) {
        text.append("%n%s%s%s%n".formatted(head(type),
                supertypes(type), list(" permits ", type.isSealed() ? type.getPermittedSubclasses() : new Type[0])));
        List<String> members = new ArrayList<>();
        Stream.of(type.getDeclaredConstructors(), type.getDeclaredFields(), type.getDeclaredMethods())
                .flatMap(Arrays::stream).filter(member -> isSeen(member.getModifiers()) && !member.isSynthetic())
                .forEach(member -> members.add(line(type, (Member) member)));
        members.stream().sorted().forEach(member -> text.append("    %s%n".formatted(member)));
    }

    /** The modifiers and the name; before JDK 22 a class says neither that it is sealed nor that it is not. */
    private static String head(Class<?> type) {
        String head = type.toGenericString().replace(" non-sealed ", " ");
        return type.isSealed() && !head.contains(" sealed ")
                ? head.replaceFirst(" (interface|class) ", " sealed $1 ")
                : head;
    }

    private static String supertypes(Class<?> type) {
        Type parent = type.getGenericSuperclass();
        String above = parent == null || parent == Object.class || type.isEnum() || type.isRecord()
                ? ""
                : " extends " + parent.getTypeName();
        return above + list(type.isInterface() ? " extends " : " implements ", type.getGenericInterfaces());
    }

    private static String list(String word, Type[] types) {
        return types.length == 0
                ? ""
                : word + Arrays.stream(types).map(Type::getTypeName).collect(Collectors.joining(", "));
    }

    /** As Java says it, without the name of the type in front of the member's. */
    private static String line(Class<?> type, Member member) {
        String all = member instanceof Executable executable
                ? executable.toGenericString()
                : ((java.lang.reflect.Field) member).toGenericString();
        String name = member instanceof java.lang.reflect.Constructor<?> ? "" : "." + member.getName();
        String written = name.isEmpty() ? type.getSimpleName() : member.getName();
        return all.replace(type.getTypeName() + name, written);
    }
}
