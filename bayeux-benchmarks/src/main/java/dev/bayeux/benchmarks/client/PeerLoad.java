package dev.bayeux.benchmarks.client;

/** What one client is put to that stays connected. */
abstract class PeerLoad implements Load {

    final Peer peer;
    final int size;

    PeerLoad(Subject subject) throws Exception {
        peer = subject.connectedPeer();
        size = subject.size();
    }

    @Override
    public final void close() {
        peer.close();
    }
}
