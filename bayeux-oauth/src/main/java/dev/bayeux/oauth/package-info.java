/**
 * Access tokens of OAuth 2.0 as credentials of a client. {@link dev.bayeux.oauth.OAuthCredentials} gets them by client
 * credentials, by a signed assertion ({@link dev.bayeux.oauth.JwtAssertion}) or by a refresh token, and renews them before
 * they expire.
 */
@NullMarked
package dev.bayeux.oauth;

import org.jspecify.annotations.NullMarked;
