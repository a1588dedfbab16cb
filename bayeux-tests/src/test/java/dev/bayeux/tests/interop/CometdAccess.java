package dev.bayeux.tests.interop;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cometd.bayeux.Message;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.ServerChannel;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;
import org.cometd.server.DefaultSecurityPolicy;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Who may do what at a {@link CometdTestServer}. */
final class CometdAccess extends DefaultSecurityPolicy {

    private final List<String> denied = new CopyOnWriteArrayList<>(List.of("/denied"));
    private volatile String handshakeToken = "";
    private volatile String bearerToken = "";

    void handshakeToken(String token) {
        handshakeToken = token;
    }

    void bearerToken(String token) {
        bearerToken = token;
    }

    void deny(String channel) {
        denied.add(channel);
    }

    @Override
    public boolean canHandshake(BayeuxServer server, ServerSession session, ServerMessage message) {
        if (session.isLocalSession() || handshakeToken.isEmpty()) {
            return true;
        }
        Map<String, Object> ext = message.getExt();
        if (ext != null && ext.get("auth") instanceof Map<?, ?> auth && handshakeToken.equals(auth.get("token"))) {
            return true;
        }
        message.getAssociated().getAdvice(true).put(Message.RECONNECT_FIELD, Message.RECONNECT_NONE_VALUE);
        return false;
    }

    @Override
    public boolean canSubscribe(BayeuxServer server, ServerSession session, ServerChannel channel,
            ServerMessage message) {
        String id = channel.getId();
        return denied.stream().noneMatch(each -> id.equals(each) || id.startsWith(each + "/"))
                && super.canSubscribe(server, session, channel, message);
    }

    /** Lets requests through to the server, or answers them with status 401. */
    Handler gate(Handler next) {
        return new Handler.Wrapper(next) {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                String wanted = "Bearer " + bearerToken;
                if (bearerToken.isEmpty() || wanted.equals(request.getHeaders().get(HttpHeader.AUTHORIZATION))) {
                    return super.handle(request, response, callback);
                }
                response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer realm=\"cometd\"");
                Response.writeError(request, response, callback, 401);
                return true;
            }
        };
    }
}
