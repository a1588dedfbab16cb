/** Explores a pure model for every sequence of inputs. */
@NullMarked
package dev.bayeux.core.exhaustive;

import org.jspecify.annotations.NullMarked;
