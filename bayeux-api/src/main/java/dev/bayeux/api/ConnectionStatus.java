package dev.bayeux.api;

/**
 * The states of a client (protocol.md 4.4).
 *
 * <pre>
 *                connect()              handshake reply          first connect
 * DISCONNECTED ─────────────▶ HANDSHAKING ─────────▶ HANDSHAKEN ─────────▶ CONNECTING
 *      ▲                          │                      ▲                     │
 *      │                  refused │ or lost              │                     │ its reply
 *      │                          ▼                      │                     ▼
 *      │                    REHANDSHAKING ───────────────┘       ┌──────── CONNECTED ◀─┐
 *      │                          ▲            connect lost      │                     │
 *      │                          │  session gone                ▼          reply      │
 *      │                          └────────────────────────  UNCONNECTED ──────────────┘
 *      │      disconnect()
 *      └───── DISCONNECTING ◀──── any state with a session
 * </pre>
 *
 * <p>{@link BayeuxClient#suspend()} leads from all but DISCONNECTED and DISCONNECTING to SUSPENDED, and from there
 * {@link BayeuxClient#resume()} to UNCONNECTED, to HANDSHAKEN if the subscriptions are missing, or to REHANDSHAKING if the
 * session must be gone.
 */
public enum ConnectionStatus {

    /** No session, and none is being made. */
    DISCONNECTED,

    /** The first handshake since {@link BayeuxClient#connect()} is under way. */
    HANDSHAKING,

    /** Another handshake is under way or being waited for, since the last one failed or the session is gone. */
    REHANDSHAKING,

    /** There is a session; subscriptions are being restored. */
    HANDSHAKEN,

    /** The first connect of the session is under way. */
    CONNECTING,

    /** A connect has succeeded and the heartbeat goes on: this is where messages flow. */
    CONNECTED,

    /** The last connect was lost or refused. The session may still live; it is tried again after the backoff. */
    UNCONNECTED,

    /** The session is being ended. */
    DISCONNECTING,

    /** The program wants a session, but not now: {@link BayeuxClient#suspend()}. There may be one. */
    SUSPENDED
}
