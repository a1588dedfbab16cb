package dev.bayeux.tests.broken;

import dev.bayeux.api.spi.FullDuplexTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.transport.jdk.JdkWebSocketProvider;
import java.net.http.HttpClient;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A mistake that a transport over WebSocket could make, and the rules of the contract that it breaks. */
enum SocketFault {

    HAS_NO_LIMIT_FOR_MESSAGES(SocketContexts::withoutLimit, UnaryOperator.identity(),
            "Messages.aMessageOverTheLimitEndsTheSocket", "Messages.aMessageWithoutEndIsNotReadForEver"),

    SHARES_COOKIES(SocketContexts::withoutCookies, UnaryOperator.identity(), "Openings.cookiesOfRefusalsAreStored",
            "Openings.theCookiesOfTheClientsStoreAreSent"),

    ASKS_FOR_HEADERS_ONCE(Contexts::headersOnce, UnaryOperator.identity(),
            "Openings.headersAreAskedForWithEachUpgrade"),

    DELIVERS_PARTS(SocketContexts::inParts, UnaryOperator.identity(), "Messages.aMessageIsWholeHoweverItArrives"),

    DROPS_EMPTY_ARRAYS(SocketContexts::withoutEmptyArrays, UnaryOperator.identity(),
            "Messages.otherTextIsPassedOnUnchanged"),

    KEEPS_A_LOSS_TO_ITSELF(SocketContexts::silent, UnaryOperator.identity(), "Losses.aCloseFrameIsALossAndIsAnswered",
            "Losses.aConnectionThatEndsWithoutACloseFrameIsLostOnce"),

    TELLS_A_LOSS_TWICE(SocketContexts::twice, UnaryOperator.identity(),
            "Losses.aConnectionThatEndsWithoutACloseFrameIsLostOnce"),

    ANY_END_IS_A_LOSS(SocketContexts::alwaysLost, UnaryOperator.identity(), "Messages.aBinaryMessageIsUnreadable",
            "Losses.codeAndReasonAreReported"),

    NEVER_DROPS(UnaryOperator.identity(), SocketFaults.NeverDrops::new,
            "Losses.aDroppedConnectionIsClosedAndTheNextBatchOpensAnother"),

    STAYS_OPEN(UnaryOperator.identity(), SocketFaults.StaysOpen::new, "Closing.theSocketIsClosedWithCode1000",
            "Closing.nothingIsSentAfterClose"),

    LEAVES_A_THREAD(UnaryOperator.identity(), SocketFaults.LeavesThread::new,
            "Closing.closeLeavesNoThreadAndNoConnection"),

    IGNORES_INTERRUPTS(UnaryOperator.identity(), SocketFaults.sending(SocketFaults::uninterruptibly),
            "Refusals.anInterruptGivesAnUpgradeUp"),

    IGNORES_LIMITS(UnaryOperator.identity(), SocketFaults.sending(SocketFaults::withoutLimit),
            "Refusals.anUnansweredUpgradeFails"),

    A_REFUSAL_IS_A_LOSS(UnaryOperator.identity(), SocketFaults.sending(SocketFaults::losingRefusals),
            "Refusals.aRefusedUpgradeTellsItsStatus", "Refusals.retryAfterIsReported"),

    ASKS_AGAIN_AFTER_A_REFUSAL(UnaryOperator.identity(), SocketFaults.sending(SocketFaults::again),
            "Refusals.aRefusedUpgradeTellsItsStatus"),

    RETURNS_BEFORE_IT_WRITES(UnaryOperator.identity(), SocketFaults.sending(SocketFaults::later),
            "Refusals.theFailureSaysWhyThereIsNoConnection", "Closing.nothingIsSentAfterClose");

    private final UnaryOperator<TransportContext> context;
    private final UnaryOperator<FullDuplexTransport> transport;
    private final Set<String> broken;

    SocketFault(UnaryOperator<TransportContext> context, UnaryOperator<FullDuplexTransport> transport,
            String... broken) {
        this.context = context;
        this.transport = transport;
        this.broken = Set.of(broken);
    }

    TransportProvider provider() {
        JdkWebSocketProvider sound = new JdkWebSocketProvider(OwnHttp.CLIENT);
        return new WithFault(sound.name(), sound.connectionType(),
                given -> transport.apply(sound.open(context.apply(given))));
    }

    /** The rules that must fail, with the theme before the dot. */
    Set<String> broken() {
        return broken;
    }

    /** Those that are not closed would keep the client that all share in use, with the connections of others. */
    private static final class OwnHttp {

        static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .executor(Runnable::run).build();
    }
}
