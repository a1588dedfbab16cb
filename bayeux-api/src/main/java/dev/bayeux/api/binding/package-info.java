/**
 * How data is bound to Java types: {@link dev.bayeux.api.binding.DataBinding}, and
 * {@link dev.bayeux.api.binding.JsonbBinding} for a JSON-B instance of the program.
 */
@NullMarked
package dev.bayeux.api.binding;

import org.jspecify.annotations.NullMarked;
