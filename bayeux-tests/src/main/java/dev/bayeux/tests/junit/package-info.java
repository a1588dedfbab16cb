/**
 * A Bayeux server for the tests of programs: it comes with an annotation, takes whatever a program says, and fails in the
 * ways in which servers fail, one line each.
 *
 * <p>Start with {@link dev.bayeux.tests.junit.BayeuxServer}; docs/test-your-application.md has an application and its tests.
 */
@NullMarked
package dev.bayeux.tests.junit;

import org.jspecify.annotations.NullMarked;
