/** Data binding with Jackson. */
@NullMarked
package dev.bayeux.jackson;

import org.jspecify.annotations.NullMarked;
