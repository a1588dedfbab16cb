package dev.bayeux.tests.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds constructors that take too much, and those that hand out the object which they are still making. */
final class Constructors {

    private Constructors() {
    }

    private static Stream<JavaConstructor> of(JavaClasses all, String prefix) {
        return all.stream().filter(each -> each.getName().startsWith(prefix))
                .flatMap(each -> each.getConstructors().stream());
    }

    /** {@return the classes with a longer constructor; a record lists data, and each of its components is named} */
    static Set<String> longerThan(int most, JavaClasses all, String prefix) {
        Set<String> found = new TreeSet<>();
        of(all, prefix).filter(each -> !each.getOwner().isRecord())
                .filter(each -> each.getRawParameterTypes().size() > most)
                .forEach(each -> found.add(each.getOwner().getName()));
        return found;
    }

    /**
     * {@return the classes of which a constructor passes {@code this} to other code: as an argument, in a method reference, or
     * in a lambda} An argument counts if its type is one that the class has, so another object of that type counts, too.
     */
    static Set<String> handingOutThis(JavaClasses all, String prefix) {
        Set<String> found = new TreeSet<>();
        of(all, prefix).filter(each -> referencesThis(each) || capturesThis(each) || passesThis(each))
                .forEach(each -> found.add(each.getOwner().getName()));
        return found;
    }

    private static boolean referencesThis(JavaConstructor constructor) {
        return constructor.getMethodReferencesFromSelf().stream().anyMatch(each -> isOwn(each, constructor.getOwner()));
    }

    private static boolean capturesThis(JavaConstructor constructor) {
        return constructor.getAccessesFromSelf().stream()
                .anyMatch(each -> each.isDeclaredInLambda() && isOwn(each, constructor.getOwner()));
    }

    /** Whether a member of the object itself is used. A constructor or a static member needs no object. */
    private static boolean isOwn(JavaAccess<?> access, JavaClass owner) {
        return owner.isAssignableTo(access.getTargetOwner().getName())
                && access.getTarget().resolveMember().filter(Constructors::needsAnObject).isPresent();
    }

    private static boolean needsAnObject(Object member) {
        return member instanceof JavaMember known && !(member instanceof JavaConstructor)
                && !known.getModifiers().contains(JavaModifier.STATIC);
    }

    private static boolean passesThis(JavaConstructor constructor) {
        JavaClass owner = constructor.getOwner();
        // A constructor that calls another one of its class, or of its superclass, passes no object of that type on.
        return constructor.getCallsFromSelf().stream()
                .filter(each -> !each.getTarget().getName().equals(JavaConstructor.CONSTRUCTOR_NAME)
                        || !owner.isAssignableTo(each.getTargetOwner().getName()))
                .flatMap(each -> each.getTarget().getRawParameterTypes().stream())
                .anyMatch(each -> each.getPackageName().startsWith("dev.bayeux")
                        && owner.isAssignableTo(each.getName()));
    }
}
