package dev.bayeux.benchmarks.client;

/** Records with 10, 100 and 1,000 numbers, nested since a record has no more than 255 fields. */
final class Numbers {

    private Numbers() {
    }

    /** Ten numbers. */
    public record Ten(long f0, long f1, long f2, long f3, long f4, long f5, long f6, long f7, long f8, long f9) {}

    /** A hundred numbers. */
    public record Hundred(Ten f0, Ten f1, Ten f2, Ten f3, Ten f4, Ten f5, Ten f6, Ten f7, Ten f8, Ten f9) {}

    /** A thousand numbers. */
    public record Thousand(Hundred f0, Hundred f1, Hundred f2, Hundred f3, Hundred f4, Hundred f5, Hundred f6,
            Hundred f7,
            Hundred f8, Hundred f9) {}
}
