package dev.bayeux.tests.broken;

import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.http.HttpExchanger;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A mistake that a transport could make, and the rules of the contract that it breaks: these and no others. */
enum Fault {

    // Those with the longest runs first: they run at the same time.

    ANSWERS_QUEUE_BEHIND_THE_POLL(Blocking.OneConnection::new, "answersInAnotherOrderFindTheirRequests",
            "aHeldRequestHoldsUpNoOther", "aLossLeavesOtherRequestsAlone", "closeLeavesNoThreadAndNoConnection",
            "closeEndsAHeldRequest", "anAbortLeavesOtherRequestsAlone"),

    IGNORES_INTERRUPTS(Blocking.Uninterruptible::new, "closeLeavesNoThreadAndNoConnection",
            "anAbortLeavesOtherRequestsAlone", "anInterruptAbortsARequest"),

    LEAVES_ABORTED_REQUESTS(Leaving.AbortedRequests::new, "anInterruptAbortsARequest", "theLimitAbortsARequest"),

    NONE(SocketExchanger::new),

    SENDS_AGAIN_ON_USED_CONNECTIONS(Repeating.OnUsedConnections::new, "notAfterALoss"),

    SENDS_AGAIN_AFTER_408(Repeating.After408::new, "notAfterAStatusThatAsksForIt",
            "anyStatusButTwoHundredFailsAndIsReported"),

    FOLLOWS_REDIRECTS(Repeating.AfterRedirects::new, "aRedirectThatIsNotAllowedIsNotFollowed",
            "circlesAndEndlessWaysAreLeft", "headersAndCookiesDoNotGoToAnotherOrigin",
            "oneWithinTheOriginIsFollowedWithTheSameRequest", "aPermanentRedirectIsRemembered",
            "theCookiesOfARedirectGoAlongWithinTheOrigin"),

    LIMITS_END_WITH_THE_HEADERS(Blocking.HeaderLimit::new, "aLateReplyIsDiscarded", "theLimitAbortsARequest"),

    READING_IS_LIMITED_AS_CONNECTING(Blocking.ReadTimeout::new, "theTimeForConnectingIsNoLimitForAnswers"),

    HANGS_IN_CLOSE(Leaving.HangsInClose::new, "closeLeavesNoThreadAndNoConnection", "closeEndsAHeldRequest",
            "closeEndsConnecting", "aRequestThatBeginsDuringCloseIsNotSent"),

    WORKS_AFTER_CLOSE(Leaving.NeverClosed::new, "nothingIsSentAfterClose", "aRequestThatBeginsDuringCloseIsNotSent"),

    CLOSES_WHAT_IS_CONNECTED_ONLY(Leaving.ConnectingRequests::new, "closeEndsConnecting",
            "aRequestThatBeginsDuringCloseIsNotSent"),

    LEAVES_CONNECTIONS(Leaving.Connections::new, "closeLeavesNoThreadAndNoConnection"),

    LEAVES_A_THREAD(Leaving.PlatformThread::new, "closeLeavesNoThreadAndNoConnection"),

    LEAVES_A_VIRTUAL_THREAD(Leaving.VirtualThread::new, "closeLeavesNoThreadAndNoConnection"),

    RETURNS_CUT_BODIES(Misreading.CutBodies::new, "aReplyThatIsCutIsLost",
            "theArrivedPartOfACutOffReplyIsPassedOn"),

    /** One limit for all of a reply. */
    CUTS_OFF_SLOW_REPLIES(Blocking.WholeLimit::new, "aReplyThatHasBegunMayContinueAfterTheLimit"),

    TRUNCATES_LARGE_BODIES(Misreading.Truncated::new, "aBodyOverTheLimitFails", "aBodyWithoutEndIsNotReadForEver",
            "headersOverTheLimitFail", "headersWithoutEndAreNotReadForEver"),

    READS_LATIN_1(Misreading.Latin1::new, "aBodyIsReadInItsCharset", "compressedBodiesAreUnpacked"),

    READS_ALWAYS_UTF_8(Misreading.AlwaysUtf8::new, "aBodyThatIsNoTextOfItsCharsetFails", "aBodyIsReadInItsCharset"),

    SWALLOWS_COOKIES_OF_FAILURES(Misreading.FailuresWithoutCookies::new, "cookiesOfFailuresComeBackAsWell",
            "oneWithinTheOriginIsFollowedWithTheSameRequest", "theCookiesOfARedirectGoAlongWithinTheOrigin"),

    FORGETS_RETRY_AFTER(Misreading.WithoutRetryAfter::new, "retryAfterIsReported"),

    LOSES_THE_CAUSE(Misreading.AnyFailureIsLoss::new, "aServerThatIsNotTrustedGetsNothing",
            "theFailureSaysWhyThereIsNoConnection", "anAnswerThatIsNotHttpIsUnreadable"),

    SENDS_TEXT_JSON(Misreading.withHeader("Content-Type", "text/json"), "theContentTypeIsJsonInUtf8",
            "aBatchIsAFieldOfAFormWhereThatIsWanted"),

    /** As java.net.http does unless it is told to stay with HTTP/1.1. */
    ASKS_FOR_HTTP_2(Misreading.withHeader("Upgrade", "h2c"), "noUpgradeIsAskedFor"),

    SHARES_COOKIES(SocketExchanger::new, "cookiesAreNotSharedWithOtherClients", "theCookiesOfTheClientsStoreAreSent",
            "anUnreadableHeadersValueIsNotShown", "attributesMeanWhatRfc6265Says",
            "theCookiesOfARedirectGoAlongWithinTheOrigin") {
        @Override
        TransportProvider provider() {
            return new SocketProvider(SocketExchanger::new, Contexts.sharingCookies());
        }
    },

    ASKS_FOR_HEADERS_ONCE(SocketExchanger::new, Contexts::headersOnce, "headersAreAskedForWithEachRequest",
            "aRequestThatBeginsDuringCloseIsNotSent"),

    IGNORES_PROXIES(SocketExchanger::new, Contexts::withoutProxy, "theProxyIsUsed", "theLoginGoesToTheProxy",
            "aProxyThatWantsAnotherLoginSaysSo", "tlsGoesThroughATunnel", "theLoginForATunnelGoesToTheProxy",
            "aProxyThatGivesNoConnectionMeansThatNothingWasSent", "aRequestThatBeginsDuringCloseIsNotSent",
            "attributesMeanWhatRfc6265Says", "theCookiesOfARedirectGoAlongWithinTheOrigin"),

    TRUSTS_EVERYBODY(SocketExchanger::new, Contexts::trustingEverybody, "aServerThatIsNotTrustedGetsNothing",
            "theCertificateOfTheClientIsShown"),

    KEEPS_CONNECTIONS_THAT_MAY_BE_DEAD(Leaving.Undropped::new, "connectionsThatMayBeDeadAreNotUsedAgain",
            "aConnectionInUseThatMayBeDeadServesNoLaterRequest"),

    DROPS_IDLE_CONNECTIONS_ONLY(Leaving.IdleDropped::new, "aConnectionInUseThatMayBeDeadServesNoLaterRequest"),

    USES_CONNECTIONS_THAT_ARE_CLOSED(Leaving.Unseen::new, "aConnectionThatTheServerHasClosedMeanwhileIsNotUsed"),

    LEAVES_UNREADABLE_CONNECTIONS(Leaving.Unreadable::new, "aConnectionWithAnAnswerThatCannotBeReadIsClosed"),

    IGNORES_KEEP_ALIVE(SocketExchanger::new, Contexts::keepingAlive,
            "withoutKeepAliveEachRequestHasASeparateConnection"),

    READS_HEADERS_WITHOUT_END(Misreading.AnyHead::new, "headersWithoutEndAreNotReadForEver"),

    TELLS_THE_REQUEST(Telling.TheRequest::new, "noFailureTellsASecret"),

    TELLS_THE_ANSWER(Telling.TheAnswer::new, "noFailureTellsASecret", "anAnswerThatIsNotHttpIsUnreadable"),

    /** Leaves out all that is not needed to send a message. */
    IS_CARELESS(Leaving.Undropped::new, Contexts::careless, "theProxyIsUsed", "theLoginGoesToTheProxy",
            "aProxyThatWantsAnotherLoginSaysSo", "tlsGoesThroughATunnel", "aServerThatIsTrustedIsReached",
            "withoutSecurityAnyCertificateWillDo", "theCertificateOfTheClientIsShown", "aBodyOverTheLimitFails",
            "aBodyWithoutEndIsNotReadForEver", "aReplyThatExceedsTheLimitDecodedFails",
            "connectionsThatMayBeDeadAreNotUsedAgain", "aConnectionInUseThatMayBeDeadServesNoLaterRequest",
            "withoutKeepAliveEachRequestHasASeparateConnection", "theLoginForATunnelGoesToTheProxy",
            "theLoginStaysOutOfTheTunnel", "aProxyThatGivesNoConnectionMeansThatNothingWasSent",
            "aRequestThatBeginsDuringCloseIsNotSent", "attributesMeanWhatRfc6265Says",
            "theCookiesOfARedirectGoAlongWithinTheOrigin"),

    LOGS_IN_EVERYWHERE(SocketExchanger::new, Contexts::loggingInEverywhere, "theLoginGoesToNoServer",
            "theLoginStaysOutOfTheTunnel"),

    SENDS_THE_LOGIN_THROUGH_TUNNELS(Tunnelling.LoginInside::new, "theLoginStaysOutOfTheTunnel"),

    SENDS_NO_LOGIN_FOR_TUNNELS(Tunnelling.WithoutLogin::new, "theLoginForATunnelGoesToTheProxy"),

    A_REFUSED_LOGIN_FOR_A_TUNNEL_IS_A_LOSS(Tunnelling.RefusalIsLoss::new,
            "aProxyThatWantsAnotherLoginSaysSo"),

    NAMES_NO_PROXY(Tunnelling.Unchecked::new, "aProxyThatGivesNoConnectionMeansThatNothingWasSent"),

    FAILURES_OF_PROXIES_ARE_LOSSES(Misreading.ProxyFailuresAreLosses::new,
            "aProxyThatGivesNoConnectionMeansThatNothingWasSent"),

    LOSSES_ARE_NOT_SENT(Misreading.LossesAreNotSent::new, "aReplyThatIsCutIsLost", "aLossLeavesOtherRequestsAlone",
            "theServerIsLostWhileItHoldsARequest", "theArrivedPartOfACutOffReplyIsPassedOn"),

    CONNECTS_WHEN_OPENED(SocketExchanger::new, Contexts::connecting, "openingMakesNoConnection"),

    WRITES_LATIN_1(Misreading.WritingLatin1::new, "aBatchIsPostedAsItIs"),

    LEAVES_OUT_THE_QUERY(Misreading.WithoutQuery::new, "pathAndQueryStayAsTheyAre",
            "theTypeOfOneMetaMessageIsPartOfThePathWhereThatIsWanted",
            "oneWithinTheOriginIsFollowedWithTheSameRequest"),

    TAKES_AUTHORIZATION_OVER(Misreading.AuthorizationTakenOver::new,
            "aRequestAfterStatus401CarriesTheHeaderOfTheProgram"),

    HAS_A_NAME_WITH_BLANKS(Wrapping.WithBlanks::new, "theProviderKeepsItsNames"),

    NEEDS_A_LENGTH(Misreading.NoBodyWithoutLength::new, "aBodyIsReturnedAsItIs"),

    /** As clients do that know one coding and name it, whatever the program asks for. */
    ACCEPTS_GZIP_ALWAYS(Misreading.withHeader("Accept-Encoding", "gzip"), "theAcceptedCodingsAreSent"),

    IGNORES_CODINGS(Misreading.WithoutCodings::new, "aBodyThatCannotBeUnpackedFails", "compressedBodiesAreUnpacked",
            "aReplyThatExceedsTheLimitDecodedFails"),

    FORGETS_COOKIES(Misreading.WithoutCookies::new, "cookiesComeBack", "cookiesOfFailuresComeBackAsWell",
            "aCookieHeaderOfTheProgramIsAddedToThem", "attributesMeanWhatRfc6265Says",
            "theCookiesOfARedirectGoAlongWithinTheOrigin", "oneWithinTheOriginIsFollowedWithTheSameRequest",
            "headersAndCookiesDoNotGoToAnotherOrigin"),

    KNOWS_NO_INTERIM_RESPONSES(Misreading.NoInterim::new, "interimResponsesAreSkippedUpToALimit"),

    GIVES_A_SERVER_UP(Leaving.Resigning::new, "theServersRestartIsSurvived"),

    SENDS_AGAIN_AFTER_THE_LIMIT(Repeating.AfterTheLimit::new, "notAfterTheLimit"),

    HAS_ONE_CONNECTION_FOR_ALL(Blocking.OneConnectionForAll::new, "twoTransportsDoNotDisturbEachOther",
            "closeLeavesOtherTransportsAlone", "answersInAnotherOrderFindTheirRequests",
            "aHeldRequestHoldsUpNoOther", "aLossLeavesOtherRequestsAlone", "closeLeavesNoThreadAndNoConnection",
            "closeEndsAHeldRequest", "anAbortLeavesOtherRequestsAlone"),

    TAKES_FEW_REQUESTS(Blocking.FewRequests::new, "manySendersGetTheirOwnAnswers"),

    CLOSES_ONCE(Wrapping.ClosedOnce::new, "closeMayBeRepeated");

    private final TransportProvider provider;
    private final Set<String> broken;

    Fault(Function<TransportContext, HttpExchanger> kind, String... broken) {
        this(kind, UnaryOperator.identity(), broken);
    }

    Fault(Function<TransportContext, HttpExchanger> kind, UnaryOperator<TransportContext> context, String... broken) {
        this(new SocketProvider(kind, context), broken);
    }

    Fault(Around around, String... broken) {
        this(around.of(new SocketProvider(SocketExchanger::new)), broken);
    }

    Fault(TransportProvider provider, String... broken) {
        this.provider = provider;
        this.broken = Set.of(broken);
    }

    /** What is around a sound provider. */
    @FunctionalInterface
    private interface Around {

        TransportProvider of(SocketProvider sound);
    }

    /** What has the mistake. Called once for each rule. */
    TransportProvider provider() {
        return provider;
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
                ? Set.of("notWhenAKeptConnectionTurnsOutToBeClosed")
                : Set.of();
    }
}
