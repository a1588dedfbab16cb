package dev.bayeux.transport.jetty;

import java.nio.ByteBuffer;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request, read as one chunk. Jetty's own kinds of content serve bodies of many parts, and cost each request
 * nearly ten objects more. Jetty reads it on one thread at a time, and may fail it on any.
 */
final class RequestBody implements Request.Content {

    private final byte[] bytes;
    private volatile boolean read;
    private volatile @Nullable Throwable failure;

    RequestBody(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long getLength() {
        return bytes.length;
    }

    @Override
    public Content.Chunk read() {
        Throwable failed = failure;
        if (failed != null) {
            return Content.Chunk.from(failed);
        }
        if (read) {
            return Content.Chunk.EOF;
        }
        read = true;
        return Content.Chunk.from(ByteBuffer.wrap(bytes), true);
    }

    /** Runs the demand at once: there is always something to read. */
    @Override
    public void demand(Runnable demandCallback) {
        demandCallback.run();
    }

    @Override
    public void fail(Throwable why) {
        if (failure == null) {
            failure = why;
        }
    }

    /** Lets Jetty send the body again, as it does after a redirect or a login. */
    @Override
    public boolean rewind() {
        if (failure != null) {
            return false;
        }
        read = false;
        return true;
    }
}
