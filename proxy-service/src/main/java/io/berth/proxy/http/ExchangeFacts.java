package io.berth.proxy.http;

/**
 * An exchange as the access log tells it.
 *
 * @param kind what it was for: desktop, portal, api, auth, idp
 * @param user the person's slug, or a hyphen
 * @param upstream where it went, told in words when the line is written; a hyphen for nowhere
 * @param client the client's address
 * @param status the answer's status; 0 if there was none
 * @param bytes of the answer's body
 * @param nanos how long it took
 * @param endedAt when it ended, as {@link System#nanoTime()}
 * @param cause why it failed, or a hyphen
 */
public record ExchangeFacts(
    String method,
    String path,
    String kind,
    String user,
    String route,
    Object upstream,
    String client,
    int status,
    long bytes,
    long nanos,
    long endedAt,
    String cause) {}
