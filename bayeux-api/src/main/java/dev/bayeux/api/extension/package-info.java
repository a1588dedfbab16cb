/**
 * Contains the extensions of this library, written only against {@link dev.bayeux.api.spi.Extension}.
 *
 * <p>Start with {@link dev.bayeux.api.extension.Timesync}: {@code builder.extensions(new Timesync())}. Acknowledged
 * delivery is not an extension but {@linkplain dev.bayeux.api.ClientBuilder#acknowledge a setting}, on by default.
 * Bytes are data like any other: {@link dev.bayeux.api.BinaryData}.
 */
@NullMarked
package dev.bayeux.api.extension;

import org.jspecify.annotations.NullMarked;
