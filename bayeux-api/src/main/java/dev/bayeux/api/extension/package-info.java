/**
 * Extensions that come with this library, written against nothing but {@link dev.bayeux.api.spi.Extension}.
 *
 * <p>Start with {@link dev.bayeux.api.extension.Timesync}: {@code builder.extensions(new Timesync())}. What acknowledges
 * deliveries is no extension but {@linkplain dev.bayeux.api.ClientBuilder#acknowledge a setting}, on by default, and
 * bytes are data like any other: {@link dev.bayeux.api.BinaryData}.
 */
@NullMarked
package dev.bayeux.api.extension;

import org.jspecify.annotations.NullMarked;
