package dev.bayeux.tests.broken;

import dev.bayeux.api.spi.FullDuplexTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.carrier.TcpProvider;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A mistake that a full-duplex carrier could make, and rules of the contract that it breaks. */
enum CarrierFault {

    HAS_NO_LIMIT_FOR_MESSAGES(SocketContexts::withoutLimit, UnaryOperator.identity(),
            "Messages.aMessageOverTheLimitEndsTheConnection", "Messages.aMessageWithoutEndIsNotReadForEver"),

    DELIVERS_PARTS(SocketContexts::inParts, UnaryOperator.identity(), "Messages.aMessageIsWholeHoweverItArrives",
            "Messages.messagesArriveInTheirOrderAtAnyTime", "Messages.aMessageOverTheLimitEndsTheConnection",
            "Losses.framesBeforeTheEndAreNotLost", "Closing.closeLeavesOtherTransportsAlone"),

    DROPS_EMPTY_ARRAYS(SocketContexts::withoutEmptyArrays, UnaryOperator.identity(),
            "Messages.otherTextIsPassedOnUnchanged"),

    KEEPS_A_LOSS_TO_ITSELF(SocketContexts::silent, UnaryOperator.identity(), "Losses.aConnectionThatEndsIsLostOnce",
            "Losses.aServerThatIsAwayIsNotConnectedAndCanComeBack", "Sends.nothingIsSentTwice",
            "Losses.afterALossThereIsOneConnection", "Losses.droppingNoConnectionDoesNothing"),

    TELLS_A_LOSS_TWICE(SocketContexts::twice, UnaryOperator.identity(), "Losses.aConnectionThatEndsIsLostOnce"),

    NEVER_DROPS(UnaryOperator.identity(), SocketFaults.NeverDrops::new,
            "Losses.aDroppedConnectionIsClosedAndTheNextBatchOpensAnother"),

    STAYS_OPEN(UnaryOperator.identity(), SocketFaults.StaysOpen::new, "Closing.nothingIsHeardOfAClose",
            "Closing.nothingIsSentAfterClose", "Closing.closeFreesASenderThatWaitsForAConnection"),

    LEAVES_A_THREAD(UnaryOperator.identity(), SocketFaults.LeavesThread::new,
            "Closing.closeLeavesNoThreadAndNoConnection"),

    IGNORES_INTERRUPTS(UnaryOperator.identity(), SocketFaults.sending(SocketFaults::uninterruptibly),
            "Sends.anInterruptEndsAMessageThatCannotBeWritten"),

    IGNORES_LIMITS(UnaryOperator.identity(), SocketFaults.sending(SocketFaults::withoutLimit),
            "Sends.aMessageThatCannotBeWrittenFailsInTime"),

    IGNORES_THE_TIME_FOR_CONNECTING(given -> given.withConnectTimeout(Duration.ofDays(1)), UnaryOperator.identity(),
            "Losses.theFailureSaysWhyThereIsNoConnection"),

    SENDS_AGAIN(UnaryOperator.identity(), SocketFaults.sending(SocketFaults::twice),
            "Sends.aMessageThatIsNotAnsweredHoldsUpNoOther", "Sends.manySendersWriteWholeMessagesEachInItsOrder",
            "Sends.nothingIsSentTwice"),

    CONNECTS_WHEN_OPENED(Contexts::connecting, UnaryOperator.identity(), "Sends.openingATransportMakesNoConnection",
            "Sends.sendersThatComeTogetherShareOneConnection"),

    CUTS_LONG_BATCHES(UnaryOperator.identity(), SocketFaults.sending(SocketFaults::cut), "Sends.aBatchIsOneMessage"),

    RETURNS_BEFORE_IT_WRITES(UnaryOperator.identity(), SocketFaults.sending(SocketFaults::later),
            "Losses.theFailureSaysWhyThereIsNoConnection", "Closing.nothingIsSentAfterClose");

    private final UnaryOperator<TransportContext> context;
    private final UnaryOperator<FullDuplexTransport> transport;
    private final Set<String> broken;

    CarrierFault(UnaryOperator<TransportContext> context, UnaryOperator<FullDuplexTransport> transport,
            String... broken) {
        this.context = context;
        this.transport = transport;
        this.broken = Set.of(broken);
    }

    TransportProvider provider() {
        TcpProvider sound = new TcpProvider();
        return new WithFault(sound.name(), sound.connectionType(),
                given -> transport.apply(sound.open(context.apply(given))));
    }

    /** The rules that must fail, with the theme before the dot. */
    Set<String> broken() {
        return broken;
    }
}
