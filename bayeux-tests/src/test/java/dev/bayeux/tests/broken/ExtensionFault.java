package dev.bayeux.tests.broken;

import dev.bayeux.api.extension.Extension;
import dev.bayeux.tests.contract.SampleMessage;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** A mistake that an extension could make, and rules of the contract that find it, perhaps with others. */
enum ExtensionFault {

    NONE(BrokenExtension::new),

    TAKES_AWAY_WHAT_OTHERS_SAY(BrokenExtension.Forgets::new, "extOfOthersIsKept",
            "messagesOfOthersReachTheServer"),

    TAKES_AWAY_WHAT_OTHERS_HEAR(BrokenExtension.Undoes::new, "extOfOthersIsKept"),

    TRUSTS_THE_SERVER(BrokenExtension.Trusts::new, "oddValuesUnderItsNamesAreTaken", "itWorksAfterwards"),

    EXPECTS_DATA(BrokenExtension.ExpectsData::new, "everyMessageOfTheProtocolIsTaken", "oddMessagesAreTaken",
            "theClientWorksAsItDoesWithout"),

    SWALLOWS_CONNECTS(BrokenExtension.Swallows::new, "handshakesAndConnectsPass",
            "theClientWorksAsItDoesWithout"),

    SWALLOWS_REPLIES(BrokenExtension.SwallowsReplies::new, "repliesGoThrough", "theClientWorksAsItDoesWithout"),

    SWALLOWS_REFUSALS(BrokenExtension.SwallowsRefusals::new, "repliesGoThrough"),

    STALLS(BrokenExtension.Stalls::new, "everyMessageOfTheProtocolIsTaken", "aNewSessionIsLikeTheFirst",
            "theClientWorksAsItDoesWithout"),

    WORKS_FOR_ONE_SESSION(BrokenExtension.WorksOnce::new, "aNewSessionIsLikeTheFirst", "handshakesMayFail"),

    NEEDS_A_SESSION(BrokenExtension.NeedsASession::new, "newsMayComeInAnyOrder"),

    MIXES_UP_MESSAGES(BrokenExtension.MixesUp::new, "theReturnedMessageIsDerivedFromTheGivenOne",
            "theClientWorksAsItDoesWithout"),

    WRAPS_MESSAGES(BrokenExtension.Wraps::new, "everyMessageOfTheProtocolIsTaken",
            "theClientWorksAsItDoesWithout"),

    GUARDS_AND_IS_NOT_REQUIRED(BrokenExtension.Guards::new, "aForgedMessageIsDropped",
            "forgedMessagesReachNoSubscriber"),

    LETS_IN_WHAT_IS_FORGED(BrokenExtension.LetsIn::new, "aForgedMessageIsDropped", "forgedMessagesReachNoSubscriber"),

    HAS_NO_NAME(BrokenExtension.HasNoName::new, "itHasANameThatStays"),

    IS_ONE_FOR_ALL(shared(), "eachClientGetsASeparateInstance");

    private final Supplier<Extension> extensions;
    private final Set<String> broken;

    ExtensionFault(Supplier<Extension> extensions, String... broken) {
        this.extensions = extensions;
        this.broken = Set.of(broken);
    }

    private static Supplier<Extension> shared() {
        Extension one = new BrokenExtension();
        return () -> one;
    }

    Extension extension() {
        return extensions.get();
    }

    /** What it says that it guards against. */
    List<SampleMessage> forgedMessages() {
        return broken.contains("aForgedMessageIsDropped")
                ? List.of(SampleMessage.incoming("{\"channel\":\"/a\",\"data\":\"forged\"}"))
                : List.of();
    }

    Set<String> broken() {
        return broken;
    }
}
