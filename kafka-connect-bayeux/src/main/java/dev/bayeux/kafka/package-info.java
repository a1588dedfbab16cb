/**
 * The connectors. Compiled for Java 17; docs/kafka-connect.md is for their users.
 */
@NullMarked
package dev.bayeux.kafka;

import org.jspecify.annotations.NullMarked;
