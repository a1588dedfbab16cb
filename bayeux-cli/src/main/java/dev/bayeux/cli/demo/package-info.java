/** A small Bayeux server to play with, and a chat over it. Start with {@link dev.bayeux.cli.demo.DemoServer}. */
@NullMarked
package dev.bayeux.cli.demo;

import org.jspecify.annotations.NullMarked;
