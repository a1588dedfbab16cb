/** The client and a CometD client in a real browser: start with {@link dev.bayeux.tests.browser.BrowserChatTest}. */
@NullMarked
package dev.bayeux.tests.browser;

import org.jspecify.annotations.NullMarked;
