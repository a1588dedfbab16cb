/** Transports with one fault each, to prove that the contract finds it. */
@NullMarked
package dev.bayeux.tests.broken;

import org.jspecify.annotations.NullMarked;
