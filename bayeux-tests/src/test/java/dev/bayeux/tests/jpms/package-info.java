/** The packaged jars on the module path. */
@NullMarked
package dev.bayeux.tests.jpms;

import org.jspecify.annotations.NullMarked;
