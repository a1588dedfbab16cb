package dev.bayeux.core.exhaustive;

import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.protocol.Exchange;
import dev.bayeux.core.protocol.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ProtocolCore} with the rules of the simulation, for a walk over all sequences of inputs. The core is not
 * copied: a state is the sequence that leads to it, and is played once more for each step that is taken from it.
 */
final class WalkedCore implements Walked<WalkedCore.At> {

    private static final int SOON = 60;
    private static final Duration SOON_ENOUGH = Duration.ofMinutes(30);

    private static final String YES = "'successful':true";
    private static final String UNKNOWN_SESSION = "'successful':false,'error':'402::session_unknown'";
    private static final String NEW_SESSION = ",'advice':{'reconnect':'handshake','interval':0}";
    private static final String REFUSED = "'successful':false,'error':'500::no'";
    private static final String RETRY = ",'advice':{'reconnect':'retry','interval':2000}";
    private static final String NONE = ",'advice':{'reconnect':'none'}";

    /** A state: where it was reached by, and which inputs are possible. */
    static final class At {

        private final byte[] path;
        private final long possible;
        private final Object key;
        private @Nullable PlayedCore played;

        private At(byte[] path, long possible, Object key, PlayedCore played) {
            this.path = path;
            this.possible = possible;
            this.key = key;
            this.played = played;
        }
    }

    private record Named(String name, Predicate<PlayedCore> possible, Consumer<PlayedCore> happens) {}

    private final PlayedCore.Variant variant;
    private final List<Named> inputs = new ArrayList<>();

    WalkedCore(PlayedCore.Variant variant) {
        this.variant = variant;
        addProgram();
        addHandshakes();
        addConnects();
        addBatches();
        addOthers();
    }

    private void add(String name, Predicate<PlayedCore> possible, Consumer<PlayedCore> happens) {
        inputs.add(new Named(name, possible, happens));
    }

    private void addProgram() {
        add("connect", at -> !at.closed, at -> at.happens(new Input.Connect()));
        add("disconnect", at -> !at.state().isOver(),
                at -> at.happens(new Input.Disconnect(Duration.ofSeconds(5).toNanos())));
        add("suspend", at -> !at.state().isOver(), at -> at.happens(new Input.Suspend()));
        add("resume", at -> !at.state().isOver(), at -> at.happens(new Input.Resume()));
        add("connection check", at -> !at.state().isOver(), at -> at.happens(new Input.CheckConnection()));
        add("close", at -> !at.closed, PlayedCore::close);
        add("abort", at -> at.closed && !at.state().isOver(), PlayedCore::abort);
        add("subscribe", at -> at.subscriber == null && !at.closed, PlayedCore::join);
        add("unsubscribe", at -> at.subscriber != null,
                at -> at.happens(new Input.Leave(Objects.requireNonNull(at.subscriber), false)));
        Kind kind = variant.calls() ? Kind.CALL : Kind.PUBLISH;
        add("publish", at -> at.rules.waiting().size() < 2, at -> at.publish(kind, 1));
        add("publish two", at -> at.rules.waiting().isEmpty(), at -> at.publish(Kind.PUBLISH, 2));
        add("give up", at -> !at.rules.waiting().isEmpty(), at -> at.withdraw(at.rules.waiting().getFirst()));
        if (variant.pauses()) {
            add("full", at -> at.subscriber != null && !at.full, at -> at.full(true));
            add("room again", at -> at.full, at -> at.full(false));
        }
    }

    private static boolean isOut(PlayedCore at, Kind kind) {
        return at.connect != null && at.begun && at.connect.kind() == kind;
    }

    private void addHandshakes() {
        add("begin", at -> at.connect != null && !at.begun, PlayedCore::begin);
        add("handshake yes", at -> isOut(at, Kind.HANDSHAKE), PlayedCore::handshook);
        add("handshake refused", at -> isOut(at, Kind.HANDSHAKE), at -> at.answer(REFUSED));
        add("handshake refused, none", at -> isOut(at, Kind.HANDSHAKE), at -> at.answer(REFUSED + NONE));
    }

    private void addConnects() {
        String ack = variant.ext().contains("'ack':true") ? ",'ext':{'ack':1}" : "";
        add("connect yes", at -> isOut(at, Kind.CONNECT), at -> at.answer(YES + ack));
        add("connect yes, delivery", at -> isOut(at, Kind.CONNECT), at -> at.deliver(YES + ack));
        add("connect yes, handshake", at -> isOut(at, Kind.CONNECT), at -> at.answer(YES + ack + NEW_SESSION));
        add("connect: session unknown", at -> isOut(at, Kind.CONNECT),
                at -> at.answer(UNKNOWN_SESSION + NEW_SESSION));
        add("connect refused, retry", at -> isOut(at, Kind.CONNECT), at -> at.answer(REFUSED + RETRY));
        add("connect refused, none", at -> isOut(at, Kind.CONNECT), at -> at.answer(REFUSED + NONE));
        if (variant.calls()) {
            add("answer to the call", at -> isOut(at, Kind.CONNECT) && at.rules.isOwed(),
                    at -> at.serve(true));
            add("answer to the later call", at -> isOut(at, Kind.CONNECT) && at.rules.isManyOwed(),
                    at -> at.serve(false));
        }
        add("empty", at -> at.connect != null && at.begun, at -> at.answerText(out(at), "[]"));
        add("no JSON", at -> at.connect != null && at.begun, at -> at.answerText(out(at), "<html>"));
        add("lost", at -> at.connect != null && at.begun, at -> at.lose(out(at), PlayedCore.LOST));
        add("not reached", at -> at.connect != null && at.begun, at -> at.lose(out(at), PlayedCore.NOT_REACHED));
        add("late", at -> at.connect != null && at.begun && at.isDuplex() && at.canTimeOut(),
                at -> at.lose(out(at), PlayedCore.TIMED_OUT));
    }

    private static Exchange out(PlayedCore at) {
        return Objects.requireNonNull(at.connect);
    }

    private static Exchange batch(PlayedCore at) {
        return Objects.requireNonNull(at.batch);
    }

    private void addBatches() {
        Predicate<PlayedCore> sending = at -> at.batch != null;
        add("batch yes", sending, at -> at.answerBatch(10, YES));
        add("batch no", sending, at -> at.answerBatch(10, REFUSED));
        add("batch: session unknown", sending, at -> at.answerBatch(10, UNKNOWN_SESSION));
        add("batch: session unknown, handshake", sending, at -> at.answerBatch(10, UNKNOWN_SESSION + NEW_SESSION));
        add("first of batch yes", at -> at.batch != null && at.batch.requests().size() > 1,
                at -> at.answerBatch(1, YES));
        add("batch empty", sending, at -> at.answerText(batch(at), "[]"));
        add("batch lost", sending, at -> at.lose(batch(at), PlayedCore.LOST));
        add("batch not reached", sending, at -> at.lose(batch(at), PlayedCore.NOT_REACHED));
        add("batch too long", at -> at.batch != null && !at.isDuplex(),
                at -> at.lose(batch(at), PlayedCore.TOO_LONG));
        add("batch late", at -> at.batch != null && at.isDuplex() && at.canTimeOut(),
                at -> at.lose(batch(at), PlayedCore.TIMED_OUT));
    }

    private void addOthers() {
        add("time", at -> at.core.wakeAtNs() != Long.MAX_VALUE, PlayedCore::time);
        if (variant.types().getFirst().equals("websocket")) {
            add("socket ends", at -> !at.state().isOver(), PlayedCore::socketEnds);
            add("late frame", at -> true, PlayedCore::lateFrame);
        }
    }

    @Override
    public List<String> inputs() {
        return inputs.stream().map(Named::name).toList();
    }

    @Override
    public At initial() {
        return at(new byte[0], new PlayedCore(variant));
    }

    private At at(byte[] path, PlayedCore played) {
        long possible = 0;
        for (int n = 0; n < inputs.size(); n++) {
            possible |= inputs.get(n).possible().test(played) ? 1L << n : 0;
        }
        return new At(path, possible, played.key(), played);
    }

    private PlayedCore play(byte[] path) {
        PlayedCore played = new PlayedCore(variant);
        for (byte input : path) {
            inputs.get(input).happens().accept(played);
        }
        return played;
    }

    @Override
    public @Nullable Step<At> step(At state, int input) {
        state.played = null;
        if ((state.possible & 1L << input) == 0) {
            return null;
        }
        PlayedCore played = play(state.path);
        inputs.get(input).happens().accept(played);
        byte[] path = Arrays.copyOf(state.path, state.path.length + 1);
        path[state.path.length] = (byte) input;
        return new Step<>(at(path, played), played.rules.failure());
    }

    @Override
    public Object key(At state) {
        return state.key;
    }

    // What comes after

    @Override
    public @Nullable String liveness(At state) {
        PlayedCore played = state.played == null ? play(state.path) : state.played;
        state.played = null;
        long untilNs = played.nowNs + SOON_ENOUGH.toNanos();
        boolean published = false;
        for (int n = 0; n < SOON; n++) {
            if (played.closed && played.state().isOver()) {
                return null;
            } else if (played.isWell() && published) {
                return null;
            } else if (played.isWell()) {
                published = true;
                played.publish(Kind.PUBLISH, 1);
            } else if (!goOn(played)) {
                return "nothing goes on: " + played.state();
            }
            if (played.rules.failure() != null) {
                return played.rules.failure();
            }
            if (played.nowNs > untilNs) {
                break;
            }
        }
        return "after a while it is %s".formatted(played.state());
    }

    /** What happens where the server and the network are as they should be, and the program wants a session. */
    private static boolean goOn(PlayedCore at) {
        if (at.full) {
            at.full(false);
        } else if (!at.closed && (at.state().isOver() || at.state().status() == ConnectionStatus.SUSPENDED)) {
            at.happens(new Input.Connect());
        } else if (at.connect != null && !at.begun) {
            at.begin();
        } else if (at.batch != null && at.batch.connection() == at.rules.connection()) {
            at.answerBatch(10, YES);
        } else if (at.batch != null) {
            // Its connection was replaced, so no reply can arrive.
            at.lose(at.batch, PlayedCore.LOST);
        } else if (isOut(at, Kind.HANDSHAKE)) {
            at.handshook();
        } else if (at.rules.isOwed() && isOut(at, Kind.CONNECT)) {
            at.serve(true);
        } else if (at.rules.waiting().stream().anyMatch(each -> each.kind() == Kind.CALL && each.isSent())) {
            // No answer will come, and the caller does not wait for ever.
            at.withdraw(at.rules.waiting().getFirst());
        } else if (isOut(at, Kind.CONNECT) && at.state().status() != ConnectionStatus.CONNECTED) {
            at.answer(YES);
        } else if (at.state().status() == ConnectionStatus.CONNECTED
                && at.rules.waiting().stream().anyMatch(each -> each.kind() == Kind.CALL)) {
            // The answer to an earlier call will not come, either.
            at.withdraw(at.rules.waiting().getFirst());
        } else if (at.core.wakeAtNs() != Long.MAX_VALUE) {
            at.time();
        } else {
            return false;
        }
        return true;
    }
}
