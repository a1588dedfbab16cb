package dev.bayeux.core.exhaustive;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pure model whose behaviour is explored for every sequence of inputs.
 *
 * @param <S> its state, immutable, with the time in it
 */
public interface Walked<S> {

    /**
     * What one input leads to.
     *
     * @param state the state from now on
     * @param wrong which rule the step breaks, {@code null} if it breaks none
     */
    record Step<S>(S state, @Nullable String wrong) {}

    /** {@return where each sequence begins} */
    S initial();

    /** {@return the names of the inputs, each as short as it can be understood} */
    List<String> inputs();

    /**
     * Applies one input.
     *
     * @param state where the model is
     * @param input the index of the input
     * @return what follows, {@code null} if the input is impossible in this state
     */
    @Nullable
    Step<S> step(S state, int input);

    /**
     * {@return what is equal for two states that behave alike from now on}
     *
     * @param state any state
     */
    Object key(S state);

    /**
     * Lets nothing go wrong any more.
     *
     * @param state any state
     * @return what keeps the model from becoming well, {@code null} if it becomes well
     */
    @Nullable
    String liveness(S state);
}
