package dev.bayeux.tests.interop;

import org.cometd.bayeux.Promise;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.ServerChannel;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;

/** The service {@code /service/echo}: its data comes back on the same channel. */
final class CometdEcho implements ServerChannel.MessageListener {

    private static final String CHANNEL = "/service/echo";

    private CometdEcho() {
    }

    static void install(BayeuxServer bayeux) {
        bayeux.createChannelIfAbsent(CHANNEL, channel -> {
            channel.setPersistent(true);
            channel.addListener(new CometdEcho());
        });
    }

    @Override
    public boolean onMessage(ServerSession sender, ServerChannel channel, ServerMessage.Mutable message) {
        sender.deliver(null, CHANNEL, message.getData(), Promise.noop());
        return true;
    }
}
