package dev.bayeux.core;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.core.call.ReportedState;
import dev.bayeux.core.delivery.Deliverer;
import dev.bayeux.core.delivery.Events;
import dev.bayeux.core.delivery.InvalidPositions;
import dev.bayeux.core.delivery.Subscribers;
import dev.bayeux.core.exchange.Connections;
import dev.bayeux.core.extension.ExtensionChain;
import dev.bayeux.core.protocol.Effect;
import java.util.function.Consumer;

/** Gives each effect to the part of the client that carries it out. */
record EffectPerformer(Receivers receivers, Connections connections, ExtensionChain extensions,
        ReportedState state) implements Consumer<Effect> {

    /** The parts that the program's subscriptions and listeners see. */
    record Receivers(Subscribers subscribers, Deliverer deliverer, InvalidPositions positions, Events events) {}

    @Override
    public void accept(Effect effect) {
        switch (effect) {
            case Effect.Deliver deliver -> receivers.deliverer().deliver(deliver);
            case Effect.ReportDropped dropped -> receivers.deliverer().reportDropped();
            case Effect.Send(var exchange) -> connections.send(exchange);
            case Effect.Complete(var request, var reply) -> request.reply().complete(reply);
            case Effect.Fail(var request, var why) -> request.reply().completeExceptionally(why);
            case Effect.ReportState(var shown) -> state.report(shown);
            case Effect.Wake(var exchange) -> exchange.settled().complete(null);
            case Effect.Abandon(var exchange) -> connections.abandon(exchange);
            case Effect.Report(var event) -> {
                if (event instanceof ClientEvent.SubscriptionRejected rejected) {
                    receivers.subscribers().notRestored(rejected);
                }
                receivers.events().report(event);
            }
            case Effect.ReportToExtensions(var change) -> extensions.changed(change);
            case Effect.Joined(var subscriber, var after) -> receivers.subscribers().joined(subscriber);
            case Effect.Refuse refuse -> receivers.subscribers().refuse(refuse);
            case Effect.Establish(var subscriber) -> receivers.subscribers().establish(subscriber);
            case Effect.Reject reject -> receivers.subscribers().reject(reject);
            case Effect.Left(var subscriber) -> receivers.subscribers().left(subscriber);
            case Effect.StopReceiving(var why) -> receivers.subscribers().stopReceiving(why);
            case Effect.StartReceiving start -> receivers.subscribers().startReceiving();
            case Effect.ChoosePosition(var refused) -> receivers.positions().ask(refused);
            case Effect.Open open -> connections.open(open);
            case Effect.Reopen reopen -> connections.reopen(reopen);
            case Effect.KeepOnly(var connectionType) -> connections.keepOnly(connectionType);
            case Effect.RenewShared leave -> connections.renewShared();
            case Effect.DropSilent(var connectionType) -> connections.dropSilent(connectionType);
            case Effect.EndAbandonedSession session -> connections.endAbandonedSession(session);
            case Effect.RenewCredentials renew -> connections.renewCredentials();
            case Effect.Close close -> connections.close(close);
        }
    }
}
