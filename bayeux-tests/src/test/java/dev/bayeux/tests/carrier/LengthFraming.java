package dev.bayeux.tests.carrier;

import dev.bayeux.tests.server.Framing;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Four bytes with the length, then the message. */
public final class LengthFraming implements Framing {

    /** Has no state. */
    public LengthFraming() {
    }

    @Override
    public byte @Nullable [] read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        try {
            return data.readNBytes(data.readInt());
        } catch (EOFException end) {
            return null;
        }
    }

    @Override
    public byte[] frame(byte[] message) {
        return ByteBuffer.allocate(Integer.BYTES + message.length).putInt(message.length).put(message).array();
    }
}
