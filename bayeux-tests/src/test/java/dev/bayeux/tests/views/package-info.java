/** The views of a client that do not wait: stages and publishers. Start with {@link dev.bayeux.tests.views.PublisherTckTest}. */
@NullMarked
package dev.bayeux.tests.views;

import org.jspecify.annotations.NullMarked;
