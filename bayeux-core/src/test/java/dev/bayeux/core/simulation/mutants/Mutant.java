package dev.bayeux.core.simulation.mutants;

/** Bugs that people make. */
enum Mutant {
    SUBSCRIPTIONS_ARE_NOT_RESTORED(Mutation.givingNothing("delivery.Subscriptions", "restore")), NOBODY_BACKS_OFF(
            Mutation.skipped("session.Waits", "backoff")), THE_INTERVAL_IS_IGNORED(
                    Mutation.skipped("session.Waits", "interval")), LOST_REQUESTS_ARE_SENT_AGAIN(Mutation
                            .calling("transport.Carrier", "send", "sendOnce", "sendAgain")), A_BATCH_IS_SENT_BACKWARDS(
                                    Mutation.calling("SendQueue", "next", "addAll",
                                            "addReversed")), THE_NEWEST_MESSAGE_COMES_FIRST(
                                                    Mutation.calling("delivery.BoundedQueue", "poll", "pollFirst",
                                                            "pollLast")), A_NEW_SESSION_IS_NOT_TOLD(
                                                                    Mutation.contrary("session.AfterHandshake",
                                                                            "accepted",
                                                                            "everConnected")), THE_END_HAS_NO_TIMER(
                                                                                    Mutation.skipped("Link",
                                                                                            "watchEnd")), CLOSE_LEAVES_A_THREAD(
                                                                                                    Mutation.skipped(
                                                                                                            "delivery.Worker",
                                                                                                            "interrupt")), ANY_REPLY_IS_THE_AWAITED_ONE(
                                                                                                                    Mutation.sayingYes(
                                                                                                                            "session.SessionMachine",
                                                                                                                            "isAwaited")), WHAT_WAS_WITHDRAWN_IS_SENT(
                                                                                                                                    Mutation.sayingYes(
                                                                                                                                            "Session",
                                                                                                                                            "withdraw")), WHAT_WAS_SENT_IS_SAID_NOT_TO_BE(
                                                                                                                                                    Mutation.contrary(
                                                                                                                                                            "Outcomes",
                                                                                                                                                            "failed",
                                                                                                                                                            "notSent")), STOP_IS_NOT_HEARD(
                                                                                                                                                                    Mutation.skipped(
                                                                                                                                                                            "session.AfterConnect",
                                                                                                                                                                            "saysStop")), HANDSHAKES_COST_NOTHING(
                                                                                                                                                                                    Mutation.skipped(
                                                                                                                                                                                            "session.HandshakeBudget",
                                                                                                                                                                                            "overdrawn")), WHAT_IS_CUT_OFF_IS_ACKNOWLEDGED(
                                                                                                                                                                                                    Mutation.blindTo(
                                                                                                                                                                                                            "message.MessageReader$Reading",
                                                                                                                                                                                                            "taken",
                                                                                                                                                                                                            "failure")), NUMBERS_ARE_NOT_ACKNOWLEDGED(
                                                                                                                                                                                                                    Mutation.without(
                                                                                                                                                                                                                            "session.Acknowledgement",
                                                                                                                                                                                                                            "received",
                                                                                                                                                                                                                            "get")), A_WAKE_UP_IS_LOST(
                                                                                                                                                                                                                                    Mutation.blindTo(
                                                                                                                                                                                                                                            "delivery.Worker",
                                                                                                                                                                                                                                            "run",
                                                                                                                                                                                                                                            "again")), REQUESTS_OF_A_LOST_SESSION_ARE_FORGOTTEN(
                                                                                                                                                                                                                                                    Mutation.skipped(
                                                                                                                                                                                                                                                            "Session",
                                                                                                                                                                                                                                                            "failSent")), A_GIVEN_UP_REQUEST_IS_STILL_SENT(
                                                                                                                                                                                                                                                                    Mutation.skipped(
                                                                                                                                                                                                                                                                            "Exchange",
                                                                                                                                                                                                                                                                            "abandon")), THE_SECOND_UNSUBSCRIBE_IS_THE_FIRST(
                                                                                                                                                                                                                                                                                    Mutation.skipped(
                                                                                                                                                                                                                                                                                            "delivery.WireSubscription",
                                                                                                                                                                                                                                                                                            "isUnderWay"));

    private final Mutation mutation;

    Mutant(Mutation mutation) {
        this.mutation = mutation;
    }

    Mutation mutation() {
        return mutation;
    }
}
