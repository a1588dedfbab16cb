/**
 * The code that the documents show. {@link dev.bayeux.tests.docs.DocumentedCodeTest} fails if a document shows other
 * code than what is compiled here.
 */
@NullMarked
package dev.bayeux.tests.docs;

import org.jspecify.annotations.NullMarked;
