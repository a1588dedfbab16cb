package dev.bayeux.benchmarks.codec;

import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.MessageReader;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.infra.Blackhole;

/** A reply: read, read with all its data parsed, and, to compare with, parsed by JSON-P as a whole. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadBenchmark {

    @Param({"1", "10", "100"})
    int events;

    private final Json json = Json.find();
    private final MessageReader reader = new MessageReader(json);
    private String reply = "";

    @Setup
    public void prepare() {
        reply = Samples.reply(events);
    }

    @Benchmark
    public List<IncomingMessage> read() {
        return reader.read(reply, "long-polling").messages();
    }

    @Benchmark
    public void readAndParseData(Blackhole used) {
        for (IncomingMessage message : reader.read(reply, "long-polling").messages()) {
            String data = message.data();
            used.consume(data == null ? null : json.parse(data));
        }
    }

    @Benchmark
    public JsonValue parseWithJsonp() {
        return json.parse(reply);
    }
}
