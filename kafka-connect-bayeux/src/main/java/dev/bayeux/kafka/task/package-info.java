/**
 * The tasks, which use the Bayeux client. Compiled for Java 21.
 */
@NullMarked
package dev.bayeux.kafka.task;

import org.jspecify.annotations.NullMarked;
