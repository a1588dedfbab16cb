package dev.bayeux.api;

/**
 * Names the states of a client (protocol.md 4.4).
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
 *      │                          └──────────────────────── RECONNECTING ──────────────┘
 *      │      disconnect()
 *      └───── DISCONNECTING ◀──── any state with a session
 * </pre>
 *
 * <p>{@link BayeuxClient#suspend()} leads from all but DISCONNECTED and DISCONNECTING to SUSPENDED, and from there
 * {@link BayeuxClient#resume()} to RECONNECTING, to HANDSHAKEN if the subscriptions are missing, or to REHANDSHAKING if the
 * session must be gone.
 */
public enum ConnectionStatus {

    /** No session, and none is being made. */
    DISCONNECTED,

    /** The client sends the first handshake since {@link BayeuxClient#connect()}. */
    HANDSHAKING,

    /** The client sends another handshake, or waits before it, because the last one failed or the session is gone. */
    REHANDSHAKING,

    /** A session exists, and the client is restoring subscriptions. */
    HANDSHAKEN,

    /** The first connect of the session is in flight. */
    CONNECTING,

    /** A connect has succeeded, and further connects follow. Messages arrive in this status. */
    CONNECTED,

    /** The last connect was lost or refused. The session may still exist; the client retries after the backoff. */
    RECONNECTING,

    /** The client is ending the session. */
    DISCONNECTING,

    /** The program has called {@link BayeuxClient#suspend()}. A session may exist. */
    SUSPENDED
}
