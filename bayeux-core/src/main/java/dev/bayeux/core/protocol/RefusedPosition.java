package dev.bayeux.core.protocol;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.ServerError;
import dev.bayeux.api.position.Position;
import dev.bayeux.core.message.Request;
import java.util.Locale;

/** A subscribe request that the server has refused because of its position (C-121). */
public record RefusedPosition(String channel, Request request, Position position, RefusedException cause) {

    private static final int BAD_REQUEST = 400;

    /** Whether a refusal is about the position; another text says that the request had none (C-120). */
    static boolean isAbout(BayeuxException cause) {
        if (!(cause instanceof RefusedException refused)) {
            return false;
        }
        ServerError error = refused.error();
        String text = error.text().strip().toLowerCase(Locale.ROOT);
        return error.code().orElse(0) == BAD_REQUEST && text.startsWith("the replayid")
                && !text.contains("replay id map");
    }
}
