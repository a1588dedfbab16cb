/**
 * Contains what extensions implement, and the extensions of this library.
 *
 * <p>An extension sees and changes messages: start with {@link dev.bayeux.api.extension.Extension}. To use one, pass it to
 * the builder: {@code builder.addExtension(new Timesync())}. Acknowledged delivery is not an extension but
 * {@linkplain dev.bayeux.api.ClientBuilder#acknowledge a setting}, on by default. Bytes are data like any other:
 * {@link dev.bayeux.api.BinaryData}.
 */
@NullMarked
package dev.bayeux.api.extension;

import org.jspecify.annotations.NullMarked;
