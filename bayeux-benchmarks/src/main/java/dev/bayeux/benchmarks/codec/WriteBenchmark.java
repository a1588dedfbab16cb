package dev.bayeux.benchmarks.codec;

import dev.bayeux.core.message.MessageWriter;
import dev.bayeux.core.message.OutgoingMessage;
import dev.bayeux.core.message.Request;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A batch of publishes: written, and written from requests that are made for it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WriteBenchmark {

    private static final String CLIENT_ID = "1qf2wk3f9abcdefg12345";

    @Param({"1", "10", "100"})
    int events;

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
        request.stamp("2k");
        return OutgoingMessage.of(request, CLIENT_ID);
    }
}
