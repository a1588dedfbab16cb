package dev.bayeux.core.simulation.mutants;

import java.util.Arrays;
import java.util.function.BiFunction;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * One bug, planted into one method of the engine as its class is loaded.
 *
 * @param type the class, by its name within the engine
 * @param method which, whatever its parameters
 * @param change what becomes of its code
 */
record Mutation(String type, String method, BiFunction<MethodVisitor, Type, MethodVisitor> change) {

    static final String ENGINE = "dev.bayeux.core.";

    /** The method does nothing, and gives nothing: zero, {@code false} or {@code null}. */
    static Mutation skipped(String type, String method) {
        return new Mutation(type, method, (to, returned) -> new Body(to, () -> {
            pushNothing(to, returned);
            to.visitInsn(returned.getOpcode(Opcodes.IRETURN));
        }));
    }

    /** The method does what it should. */
    static Mutation harmless(String type, String method) {
        return new Mutation(type, method, (to, returned) -> new MethodVisitor(Opcodes.ASM9, to) {
            @Override
            public void visitCode() {
                super.visitCode();
                super.visitInsn(Opcodes.NOP);
            }
        });
    }

    /** The method does nothing, and says yes. */
    static Mutation sayingYes(String type, String method) {
        return new Mutation(type, method, (to, returned) -> new Body(to, () -> {
            to.visitInsn(Opcodes.ICONST_1);
            to.visitInsn(Opcodes.IRETURN);
        }));
    }

    /** The method does nothing, and gives an empty list. */
    static Mutation givingNothing(String type, String method) {
        return new Mutation(type, method, (to, returned) -> new Body(to, () -> {
            to.visitMethodInsn(Opcodes.INVOKESTATIC, "java/util/List", "of", "()Ljava/util/List;", true);
            to.visitInsn(Opcodes.ARETURN);
        }));
    }

    /** A call within the method goes to {@link Wrong} instead, which has a method of the same name. */
    static Mutation calling(String type, String method, String called, String instead) {
        return new Mutation(type, method, (to, returned) -> new Redirection(to, called, instead));
    }

    /** A call within the method is left out. */
    static Mutation without(String type, String method, String called) {
        return new Mutation(type, method, (to, returned) -> new Redirection(to, called, ""));
    }

    /** What a boolean method answers is turned round where this method asks it. */
    static Mutation contrary(String type, String method, String asked) {
        return new Mutation(type, method, (to, returned) -> new MethodVisitor(Opcodes.ASM9, to) {
            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
                if (name.equals(asked) && Type.getReturnType(descriptor) == Type.BOOLEAN_TYPE) {
                    super.visitInsn(Opcodes.ICONST_1);
                    super.visitInsn(Opcodes.IXOR);
                }
            }
        });
    }

    /** The method does not see what a field holds. */
    static Mutation blindTo(String type, String method, String field) {
        return new Mutation(type, method, (to, returned) -> new MethodVisitor(Opcodes.ASM9, to) {
            @Override
            public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
                super.visitFieldInsn(opcode, owner, name, descriptor);
                if (opcode == Opcodes.GETFIELD && name.equals(field)) {
                    Type held = Type.getType(descriptor);
                    super.visitInsn(held.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
                    pushNothing(this.mv, held);
                }
            }
        });
    }

    static void pushNothing(MethodVisitor to, Type type) {
        switch (type.getSort()) {
            case Type.VOID -> {
                // Nothing is expected.
            }
            case Type.LONG -> to.visitInsn(Opcodes.LCONST_0);
            case Type.DOUBLE -> to.visitInsn(Opcodes.DCONST_0);
            case Type.OBJECT, Type.ARRAY -> to.visitInsn(Opcodes.ACONST_NULL);
            default -> to.visitInsn(Opcodes.ICONST_0);
        }
    }

    /** {@return the class with the bug} */
    byte[] applyTo(byte[] original) {
        boolean[] found = new boolean[1];
        ClassWriter writer = writer();
        new ClassReader(original).accept(new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
                    String[] exceptions) {
                MethodVisitor to = super.visitMethod(access, name, descriptor, signature, exceptions);
                if (!name.equals(method) || (access & Opcodes.ACC_ABSTRACT) != 0) {
                    return to;
                }
                found[0] = true;
                return change.apply(to, Type.getReturnType(descriptor));
            }
        }, 0);
        if (!found[0]) {
            throw new IllegalStateException("There is no method %s in %s any more: plant this bug elsewhere."
                    .formatted(method, type));
        }
        byte[] mutated = writer.toByteArray();
        if (Arrays.equals(mutated, copied(original))) {
            throw new IllegalStateException("The bug changes nothing in %s of %s: plant it elsewhere."
                    .formatted(method, type));
        }
        return mutated;
    }

    private static byte[] copied(byte[] original) {
        ClassWriter writer = writer();
        new ClassReader(original).accept(writer, 0);
        return writer.toByteArray();
    }

    /** The frames stay as they are: nothing that is planted jumps. */
    private static ClassWriter writer() {
        return new ClassWriter(ClassWriter.COMPUTE_MAXS);
    }
}
