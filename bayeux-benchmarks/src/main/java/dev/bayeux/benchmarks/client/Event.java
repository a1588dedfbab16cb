package dev.bayeux.benchmarks.client;

import java.util.List;

/**
 * What the server's bursts carry.
 *
 * @param n a number
 * @param symbol a name
 * @param bid a price
 * @param ask a price
 * @param open whether it is
 * @param tags some words
 * @param note a text
 */
public record Event(long n, String symbol, double bid, double ask, boolean open, List<String> tags, String note) {}
