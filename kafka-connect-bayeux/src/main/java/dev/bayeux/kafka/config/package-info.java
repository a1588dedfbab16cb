/**
 * The settings of the connectors. Compiled for Java 17, and without a reference to the Bayeux client, which needs Java 21:
 * a worker on Java 17 must load these classes to report that.
 */
@NullMarked
package dev.bayeux.kafka.config;

import org.jspecify.annotations.NullMarked;
