package dev.bayeux.benchmarks.codec;

import dev.bayeux.core.message.MessageWriter;
import dev.bayeux.core.message.OutgoingMessage;
import dev.bayeux.core.message.Request;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** A batch of publishes: written, and written from requests that are made for it. */
public class WriteBenchmark extends CodecBenchmark {

    private static final String CLIENT_ID = "1qf2wk3f9abcdefg12345";

    private List<String> data = List.of();
    private List<OutgoingMessage> messages = List.of();

    @Setup
    public void prepare() {
        data = IntStream.range(0, events).mapToObj(Samples::data).toList();
        messages = data.stream().map(WriteBenchmark::message).toList();
    }

    @Benchmark
    public String write() {
        return MessageWriter.write(messages);
    }

    @Benchmark
    public String makeAndWrite() {
        return MessageWriter.write(data.stream().map(WriteBenchmark::message).toList());
    }

    private static OutgoingMessage message(String data) {
        Request request = Request.ofData(Request.Kind.PUBLISH, "/prices/eu", data);
        request.assignId("2k");
        return OutgoingMessage.of(request, CLIENT_ID);
    }
}
