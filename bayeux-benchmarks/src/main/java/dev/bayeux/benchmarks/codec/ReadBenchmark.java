package dev.bayeux.benchmarks.codec;

import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.MessageReader;
import jakarta.json.JsonValue;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/** A reply: read, read with all its data parsed, and, to compare with, parsed by JSON-P as a whole. */
public class ReadBenchmark extends CodecBenchmark {

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
