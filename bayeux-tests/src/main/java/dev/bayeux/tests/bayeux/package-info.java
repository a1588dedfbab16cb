/**
 * Contains a Bayeux server for tests. It behaves correctly unless a test says otherwise, and records all messages.
 *
 * <p>Start with {@link dev.bayeux.tests.bayeux.ScriptedBayeux}.
 */
@NullMarked
package dev.bayeux.tests.bayeux;

import org.jspecify.annotations.NullMarked;
