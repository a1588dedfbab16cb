/**
 * The habits of the servers that there are, row by row as the protocol's reference lists them (section 8): a scripted
 * server plays each, and the client has to live with it. A test is named after the row, and the server if only some do so.
 */
@NullMarked
package dev.bayeux.tests.dialect;

import org.jspecify.annotations.NullMarked;
