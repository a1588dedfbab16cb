/**
 * A server for the tests of an application, started by JUnit for each of them. Start with
 * {@link dev.bayeux.tests.junit.BayeuxServer}.
 */
@NullMarked
package dev.bayeux.tests.junit;

import org.jspecify.annotations.NullMarked;
