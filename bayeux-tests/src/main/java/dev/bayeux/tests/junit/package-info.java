/**
 * Contains a Bayeux server for the tests of programs: an annotation starts it, it accepts whatever a program sends, and one
 * line makes it fail as real servers do.
 *
 * <p>Start with {@link dev.bayeux.tests.junit.BayeuxServer}; docs/test-your-application.md has an application and its tests.
 */
@NullMarked
package dev.bayeux.tests.junit;

import org.jspecify.annotations.NullMarked;
