/**
 * The connectors. Compiled for Java 17. docs/kafka-connect.md describes them for users.
 */
@NullMarked
package dev.bayeux.kafka;

import org.jspecify.annotations.NullMarked;
