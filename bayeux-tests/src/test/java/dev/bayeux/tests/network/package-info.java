/** Proxies, TLS and addresses, over each transport. */
@NullMarked
package dev.bayeux.tests.network;

import org.jspecify.annotations.NullMarked;
