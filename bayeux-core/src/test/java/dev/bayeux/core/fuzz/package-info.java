/**
 * What a server sends may be anything: these targets take any bytes and hold the code to what it promises of them.
 * Start with {@link dev.bayeux.core.fuzz.FuzzTarget}. {@code mvn verify} replays the corpus of
 * {@code src/test/fuzz} and some thousand changes of it; {@code mvn -Pfuzz} looks for new ways, guided by coverage.
 */
@NullMarked
package dev.bayeux.core.fuzz;

import org.jspecify.annotations.NullMarked;
