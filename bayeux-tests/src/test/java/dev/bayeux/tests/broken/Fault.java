package dev.bayeux.tests.broken;

import dev.bayeux.api.spi.HttpExchanger;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A mistake that a transport could make, and the rules of the contract that it breaks: these and no others. */
enum Fault {

    // Those with the longest runs first: they run at the same time.

    ANSWERS_QUEUE_BEHIND_THE_POLL(Blocking.OneConnection::new, "c048_answersInAnotherOrderFindTheirRequests",
            "c049_aHeldRequestHoldsUpNoOther", "c058_aLossLeavesOtherRequestsAlone",
            "c092_closeLeavesNoThreadAndNoConnection", "c094_closeFreesWhatIsHeld",
            "c101_anAbortLeavesOtherRequestsAlone"),

    IGNORES_INTERRUPTS(Blocking.Uninterruptible::new, "c092_closeLeavesNoThreadAndNoConnection",
            "c101_anAbortLeavesOtherRequestsAlone", "c101_anInterruptAbortsAReply", "c101_anInterruptAbortsARequest",
            "c101_anInterruptAbortsTheMakingOfAConnection"),

    LEAVES_ABORTED_REQUESTS(Leaving.AbortedRequests::new, "c101_anInterruptAbortsAReply",
            "c101_anInterruptAbortsARequest", "c101_theLimitAbortsAReplyThatDoesNotGoOn",
            "c101_theLimitAbortsAReplyThatGoesOnForEver", "c101_theLimitAbortsARequestThatIsNotAnswered"),

    NONE(SocketExchanger::new),

    SENDS_AGAIN_ON_USED_CONNECTIONS(Repeating.OnUsedConnections::new, "c056_notAfterALossOnAUsedConnection"),

    SENDS_AGAIN_AFTER_408(Repeating.After408::new, "c056_notAfterAStatusThatAsksForIt",
            "c107_anyOtherStatusFailsAndIsTold"),

    FOLLOWS_REDIRECTS(Repeating.AfterRedirects::new, "c107_redirectsThatWouldBecomeAGetAreNotFollowed"),

    LIMITS_END_WITH_THE_HEADERS(Blocking.HeaderLimit::new, "c085_theLateRestOfAReplyReachesNobody",
            "c101_theLimitAbortsAReplyThatDoesNotGoOn", "c101_theLimitAbortsAReplyThatGoesOnForEver"),

    READING_IS_LIMITED_AS_CONNECTING(Blocking.ReadTimeout::new, "c100_theTimeForConnectingIsNoLimitForAnswers"),

    HANGS_IN_CLOSE(Leaving.HangsInClose::new, "c092_closeLeavesNoThreadAndNoConnection", "c094_closeFreesWhatIsHeld",
            "c094_closeFreesWhatIsConnecting"),

    WORKS_AFTER_CLOSE(Leaving.NeverClosed::new, "c094_nothingIsSentAfterClose"),

    LEAVES_CONNECTIONS(Leaving.Connections::new, "c092_closeLeavesNoThreadAndNoConnection"),

    LEAVES_A_THREAD(Leaving.PlatformThread::new, "c092_closeLeavesNoThreadAndNoConnection"),

    LEAVES_A_VIRTUAL_THREAD(Leaving.VirtualThread::new, "c092_closeLeavesNoThreadAndNoConnection"),

    RETURNS_CUT_BODIES(Misreading.CutBodies::new, "c107_aReplyThatIsCutShortIsLost"),

    TRUNCATES_LARGE_BODIES(Misreading.Truncated::new, "c108_aBodyOverTheLimitFails",
            "c108_aBodyWithoutEndIsNotReadForEver"),

    READS_LATIN_1(Misreading.Latin1::new, "c109_charactersSplitBetweenChunksAreWhole",
            "c109_withoutACharsetItIsUtf8"),

    READS_ALWAYS_UTF_8(Misreading.AlwaysUtf8::new, "c109_aCharsetThatIsUnknownFails",
            "c109_theHeaderMayNameAnotherCharset"),

    SWALLOWS_COOKIES_OF_FAILURES(Misreading.FailuresWithoutCookies::new, "c111_cookiesOfFailuresComeBackAsWell"),

    FORGETS_RETRY_AFTER(Misreading.WithoutRetryAfter::new, "c105_retryAfterAsADateIsTold",
            "c105_retryAfterInSecondsIsTold"),

    LOSES_THE_CAUSE(Misreading.AnyFailureIsLoss::new, "c058_aConnectionThatIsNotMadeInTimeIsNotConnected",
            "c058_aRefusedConnectionIsNotConnected", "c058_anUnknownHostIsUnknown"),

    SENDS_TEXT_JSON(Misreading.TextJson::new, "c106_theContentTypeIsJsonInUtf8"),

    ASKS_FOR_HTTP_2(Misreading.Upgrading::new, "c106_noUpgradeIsAskedFor"),

    SHARES_COOKIES(SocketExchanger::new, Contexts::sharedCookies, "c111_cookiesAreNotSharedWithOtherClients",
            "c111_theCookiesOfTheClientsStoreAreSent"),

    ASKS_FOR_HEADERS_ONCE(SocketExchanger::new, Contexts::headersOnce, "c106_headersAreAskedForWithEachRequest"),

    CONNECTS_WHEN_OPENED(SocketExchanger::new, Contexts::connecting, "openingMakesNoConnection");

    private final Function<TransportContext, HttpExchanger> kind;
    private final UnaryOperator<TransportContext> context;
    private final Set<String> broken;

    Fault(Function<TransportContext, HttpExchanger> kind, String... broken) {
        this(kind, UnaryOperator.identity(), broken);
    }

    Fault(Function<TransportContext, HttpExchanger> kind, UnaryOperator<TransportContext> context, String... broken) {
        this.kind = kind;
        this.context = context;
        this.broken = Set.of(broken);
    }

    TransportProvider provider() {
        return new SocketProvider(kind, context);
    }

    /** The names of the tests that must fail. */
    Set<String> broken() {
        return broken;
    }

    /**
     * The names of the tests that may fail as well: who sends again on a used connection is also caught where the server
     * closes a connection that is kept, but only if the request was written before the close was seen.
     */
    Set<String> perhapsBroken() {
        return this == SENDS_AGAIN_ON_USED_CONNECTIONS
                ? Set.of("c056_notWhenAKeptConnectionTurnsOutToBeClosed")
                : Set.of();
    }
}
