package dev.bayeux.core.simulation.mutants;

import java.util.Map;
import java.util.TreeMap;

/** Bugs that people make. */
final class Mutants {

    private final Map<String, Mutation> all = new TreeMap<>();

    private Mutants() {
        all.put("a new session has no subscriptions",
                Mutation.givingNothing("protocol.ServerSubscriptions", "restore"));
        all.put("a new session is not reported",
                Mutation.contrary("session.AfterConnect", "restored", "everConnected"));
        all.put("a wake-up is lost", Mutation.without("exchange.SendThread", "assign", "wake"));
        all.put("every reply counts as the awaited one", Mutation.sayingYes("session.SessionMachine", "isAwaited"));
        all.put("batches are sent backwards", Mutation.calling("protocol.SendQueue", "next", "add", "addBefore"));
        all.put("close() leaves a thread", Mutation.skipped("delivery.Worker", "interrupt"));
        all.put("lost requests are sent again", Mutation.calling("transport.Carrier", "send", "sendOnce", "sendAgain"));
        all.put("failures have no backoff", Mutation.skipped("session.Waits", "backoff"));
        all.put("no unsubscribe request is sent", Mutation.skipped("protocol.ServerSubscriptions", "unsubscribe"));
        all.put("a lost unsubscribe request is forgotten", Mutation.skipped("protocol.UnsubscribeRetries", "lost"));
        all.put("nothing is acknowledged", Mutation.without("session.Acknowledgement", "received", "get"));
        all.put("resume forgets what the server has asked for",
                Mutation.without("session.Suspending", "resume", "leastUntilNs"));
        all.put("connection checks have no limit", Mutation.skipped("session.Waits", "nextConnectionCheck"));
        all.put("Retry-After is forgotten where another server is tried",
                Mutation.skipped("session.EndpointChoice", "blockedNs"));
        all.put("advice to stop is ignored", Mutation.skipped("session.Refusal", "saysStop"));
        all.put("the end has no timer", Mutation.skipped("loop.ClientLoop", "keepTime"));
        all.put("the interval is ignored", Mutation.skipped("session.Waits", "interval"));
        all.put("the newest message comes first",
                Mutation.calling("delivery.BoundedQueue", "poll", "pollFirst", "pollLast"));
        all.put("a reply that was cut off is acknowledged",
                Mutation.blindTo("message.MessageReader$Reading", "usable", "failure"));
        all.put("a publish that was sent fails as NOT_SENT",
                Mutation.contrary("protocol.PublishFailures", "isNeverSent", "notSent"));
        all.put("a subscription is requested twice", Mutation.skipped("protocol.ServerSubscription", "isAsked"));
        all.put("a withdrawn message is sent", Mutation.sayingYes("call.RequestCalls", "withdraw"));
        all.put("connects that serve no subscriber are not slowed down", Mutation.skipped("session.Waits", "slowDown"));
        all.put("the interrupt of an abandoned exchange stays",
                Mutation.without("exchange.ExchangeRunner", "end", "interrupted"));
        all.put("a retry outlives close()",
                Mutation.without("delivery.HandledSubscription", "markClosed", "complete"));
        all.put("requests that were sent never fail", Mutation.skipped("protocol.Requests", "failSent"));
        all.put("queued requests never fail", Mutation.skipped("protocol.Requests", "failQueued"));
        all.put("an old socket counts", Mutation.sayingYes("protocol.Connectivity", "isCurrent"));
        all.put("the queue has no limit", Mutation.sayingYes("protocol.SendQueue", "hasRoomFor"));
        all.put("a request has no limit", Mutation.skipped("protocol.SendQueue", "size"));
        all.put("an earlier time does not wake the timer", Mutation.without("loop.ClientLoop", "keepTime", "signal"));
        all.put("a wake-up during a run is lost", Mutation.blindTo("delivery.Worker", "end", "again"));
        all.put("Retry-After is ignored", Mutation.skipped("session.Waits", "retryAfter"));
        all.put("handshakes without a budget", Mutation.skipped("session.Waits", "overdraft"));
        all.put("a queue with room again is not reported", Mutation.skipped("protocol.FlowControl", "hasRoom"));
        all.put("a lost socket ends no exchange", Mutation.skipped("protocol.ExchangesInFlight", "markLost"));
        all.put("an abandoned exchange is waited for", Mutation.skipped("exchange.ExchangeRunner", "abandon"));
        all.put("a withdrawn message stays in the queue", Mutation.skipped("protocol.SendQueue", "withdraw"));
        all.put("batches never end", Mutation.skipped("protocol.Requests", "ended"));
        all.put("an unwanted exchange is not abandoned",
                Mutation.skipped("protocol.ExchangesInFlight", "abandonUnwanted"));
        all.put("the queue of a closed subscription is handled", Mutation.skipped("delivery.BoundedQueue", "clear"));
        all.put("the end of a socket is not reported", Mutation.skipped("exchange.Connection", "disconnected"));
        all.put("each request asks for a token", Mutation.skipped("transport.CredentialsHolder$Held", "isGood"));
        all.put("what was refused for its token is not sent again",
                Mutation.skipped("exchange.Connection", "mayRepeat"));
        all.put("the outbox is not woken", Mutation.without("outbox.CoreOutbox", "add", "wake"));
        all.put("messages of one key leave together", Mutation.skipped("outbox.OutboxMessage", "key"));
        all.put("the outbox counts no attempts", Mutation.skipped("outbox.OutboxMessage", "attempts"));
        all.put("a refusal hides an earlier attempt",
                Mutation.blindTo("outbox.OutboxMessage", "refused", "perhapsProcessed"));
        all.put("messages do not pass the extensions", Mutation.sayingYes("extension.ExtensionChain", "isEmpty"));
        all.put("what an extension fails at leaves half made",
                Mutation.blindTo("extension.Pass", "failed", "outgoing"));
        all.put("an extension is not told of sessions", Mutation.skipped("extension.ExtensionChain", "changed"));
        all.put("a subscription ends with a failure of an extension",
                Mutation.skipped("protocol.ServerSubscription", "hasEstablished"));
        all.put("what no transport has had is unknown", Mutation.sayingYes("protocol.Exchange", "hasLeft"));
        all.put("a subscriber gets more than it requests",
                Mutation.without("delivery.MessageFlow", "passesNext", "getAndUpdate"));
        all.put("a request of a subscriber is not seen", Mutation.without("delivery.MessageFlow", "request", "wake"));
        all.put("the end of a flow is not signalled", Mutation.skipped("delivery.MessageFlow", "signalEnd"));
        all.put("a flow that fails completes", Mutation.blindTo("delivery.MessageFlow", "signalEnd", "failure"));
        all.put("a cancelled flow goes on", Mutation.without("delivery.MessageFlow", "cancel", "close"));
        all.put("the newest message of a flow comes first",
                Mutation.calling("delivery.BoundedQueue", "await", "pollFirst", "pollLast"));
        all.put("a session that ends does not end flows",
                Mutation.skipped("delivery.PulledSubscription", "disconnected"));
        all.put("a lost response is ignored", Mutation.skipped("protocol.UnansweredRequests", "fail"));
        all.put("close() interrupts no handler",
                Mutation.skipped("delivery.CoreSubscription", "interrupt"));
    }

    /**
     * {@return the bugs that the walk over the core finds, each with the rule that it breaks there. Histories of the simulation
     * bring these cases seldom, or get over them}
     */
    static Map<String, ByRule> ofWalk() {
        Map<String, ByRule> all = new TreeMap<>();
        all.put("a full queue does not pause",
                new ByRule(Mutation.skipped("protocol.FlowControl", "isPaused"), "while a queue is full (C-113)"));
        all.put("a silent socket is kept",
                new ByRule(Mutation.skipped("protocol.Connectivity", "failed"), "no reply in time is kept (C-101)"));
        all.put("subscriptions outlive their session", new ByRule(
                Mutation.skipped("protocol.ServerSubscriptions", "sessionLost"),
                "has not accepted it in this session"));
        all.put("an unwanted exchange begins",
                new ByRule(Mutation.without("protocol.SessionRequests", "begin", "isEnding"),
                        "is not wanted any more"));
        all.put("a call that its caller gave up is still awaited",
                new ByRule(Mutation.skipped("protocol.ReplyMatcher", "giveUp"), "Whether all calls are settled"));
        all.put("a request without a reply in its response never ends",
                new ByRule(Mutation.skipped("protocol.UnansweredRequests", "missing"), "reply to what was not sent"));
        all.put("publishes overtake", new ByRule(Mutation.calling("protocol.SendQueue", "add", "addLast", "addFirst"),
                "has overtaken another (C-50)"));
        all.put("answers to abandoned calls are not counted",
                new ByRule(Mutation.skipped("protocol.CallAnswers", "owes"),
                        "without its own answer (C-59"));
        all.put("rounds over all servers without a wait", new ByRule(Mutation.skipped("session.Waits", "roundBackoff"),
                "without a backoff (C-102)"));
        all.put("a subscription that has left pauses the server", new ByRule(
                Mutation.without("protocol.ServerSubscriptions", "leave", "left"), "reply to what was not sent"));
        all.put("replies after the refusal of a session do not count",
                new ByRule(Mutation.skipped("protocol.PublishReplies", "takeOthers"), "UNKNOWN without a reason"));
        return all;
    }

    /** {@return the bugs that scripted histories find, each with the rule that it breaks there} */
    static Map<String, ByRule> ofScenes() {
        return Map.of("a cut off reply is forgotten", new ByRule(
                Mutation.sayingYes("protocol.CutOffReply", "isIdle"), "is handled twice"),
                "callers test their conditions at changes of the state only", new ByRule(
                        Mutation.skipped("protocol.ProtocolCore", "version"), "a caller of awaitReady still waits"),
                "no caller tests its condition", new ByRule(
                        Mutation.without("loop.ClientLoop", "step", "test"), "a caller of awaitReady still waits"));
    }

    /** A bug, and a part of the text of the rule that finds it. */
    record ByRule(Mutation mutation, String rule) {}

    /** {@return the bugs that show only in clients that continue from a position} */
    static Map<String, Mutation> ofPositions() {
        return Map.of("the position of an unhandled message is saved",
                Mutation.sayingYes("delivery.HandledSubscription", "isDone"),
                "uncertain deliveries give positions", Mutation.skipped("protocol.ChannelPosition", "markUncertain"),
                "a new session restores no subscription",
                Mutation.givingNothing("protocol.ServerSubscriptions", "restore"),
                "what one subscriber has handled is saved for all",
                Mutation.calling("protocol.ChannelPosition", "takeDue", "min", "firstOf"),
                "a closed subscription holds the position back",
                Mutation.without("protocol.ServerSubscriptions", "leave", "remove"));
    }

    /** {@return all others, by what they do} */
    static Map<String, Mutation> all() {
        return new Mutants().all;
    }
}
