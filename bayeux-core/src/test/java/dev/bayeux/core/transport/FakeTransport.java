package dev.bayeux.core.transport;

import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A transport whose answers the test gives, and its provider. */
class FakeTransport implements RequestResponseTransport, TransportProvider {

    /** Answers one batch. */
    interface Answer {
        String to(Batch batch) throws InterruptedException;
    }

    final List<Batch> sent = Collections.synchronizedList(new ArrayList<>());
    final List<Map<String, String>> headers = Collections.synchronizedList(new ArrayList<>());
    final List<TransportContext> opened = Collections.synchronizedList(new ArrayList<>());
    int closed;
    private final String name;
    private final String connectionType;
    private Answer answer = batch -> "[]";

    FakeTransport(String name, String connectionType) {
        this.name = name;
        this.connectionType = connectionType;
    }

    FakeTransport answering(Answer newAnswer) {
        answer = newAnswer;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String connectionType() {
        return connectionType;
    }

    @Override
    public boolean mustBeNamed() {
        return connectionType.equals("callback-polling");
    }

    @Override
    public Transport open(TransportContext context) {
        opened.add(context);
        return this;
    }

    @Override
    public String exchange(Batch batch) throws InterruptedException {
        sent.add(batch);
        headers.add(opened.getLast().headers().headers());
        return answer.to(batch);
    }

    @Override
    public void close() {
        closed++;
    }
}
