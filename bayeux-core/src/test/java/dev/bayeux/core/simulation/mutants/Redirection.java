package dev.bayeux.core.simulation.mutants;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Sends the calls of a method elsewhere, or leaves them out. */
final class Redirection extends MethodVisitor {

    private static final Type OBJECT = Type.getType(Object.class);

    private final String called;
    private final String instead;

    Redirection(MethodVisitor to, String called, String instead) {
        super(Opcodes.ASM9, to);
        this.called = called;
        this.instead = instead;
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (!name.equals(called)) {
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            return;
        }
        Type returned = Type.getReturnType(descriptor);
        if (instead.isEmpty()) {
            leaveOut(opcode, descriptor);
            Mutation.pushNothing(mv, returned);
        } else {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(Wrong.class), instead,
                    onObjects(opcode, descriptor), false);
            if (returned.getSort() == Type.OBJECT) {
                super.visitTypeInsn(Opcodes.CHECKCAST, returned.getInternalName());
            }
        }
    }

    private void leaveOut(int opcode, String descriptor) {
        Type[] arguments = Type.getArgumentTypes(descriptor);
        for (int n = arguments.length - 1; n >= 0; n--) {
            super.visitInsn(arguments[n].getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
        }
        if (opcode != Opcodes.INVOKESTATIC) {
            super.visitInsn(Opcodes.POP);
        }
    }

    /** The same parameters, the receiver first, and no class that could not be seen from there. */
    private static String onObjects(int opcode, String descriptor) {
        Type[] arguments = Type.getArgumentTypes(descriptor);
        int first = opcode == Opcodes.INVOKESTATIC ? 0 : 1;
        Type[] all = new Type[arguments.length + first];
        for (int n = 0; n < all.length; n++) {
            Type type = n < first ? OBJECT : arguments[n - first];
            all[n] = type.getSort() == Type.OBJECT ? OBJECT : type;
        }
        Type returned = Type.getReturnType(descriptor);
        return Type.getMethodDescriptor(returned.getSort() == Type.OBJECT ? OBJECT : returned, all);
    }
}
