/** What can be seen of a client. Start with {@link dev.bayeux.tests.observe.RecordingTest}. */
@NullMarked
package dev.bayeux.tests.observe;

import org.jspecify.annotations.NullMarked;
