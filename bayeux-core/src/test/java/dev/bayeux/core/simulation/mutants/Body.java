package dev.bayeux.core.simulation.mutants;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Puts other code in the place of a method's own. */
final class Body extends MethodVisitor {

    private final MethodVisitor to;
    private final Runnable code;

    Body(MethodVisitor to, Runnable code) {
        super(Opcodes.ASM9);
        this.to = to;
        this.code = code;
    }

    @Override
    public void visitCode() {
        to.visitCode();
        to.visitLabel(new Label());
        code.run();
        to.visitMaxs(0, 0);
        to.visitEnd();
    }
}
