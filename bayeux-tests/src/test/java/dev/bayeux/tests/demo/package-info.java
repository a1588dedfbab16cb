/** The main job, shown: start with {@link dev.bayeux.tests.demo.ChatDemo}. */
@NullMarked
package dev.bayeux.tests.demo;

import org.jspecify.annotations.NullMarked;
