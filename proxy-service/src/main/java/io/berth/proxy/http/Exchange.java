package io.berth.proxy.http;

import io.berth.common.AnswerForm;
import io.berth.common.Problem;
import io.berth.proxy.limit.Share;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One request of a client and the answer to it. Lives on its connection's event loop; every method
 * is called there.
 */
public final class Exchange extends ReceivedRequest {

  private static final String REFRESH = "Refresh";

  private final Carrier carrier;
  private final long startedAt = System.nanoTime();
  private @Nullable BodyReceiver receiver;
  private @Nullable ExchangeTrace trace;
  private BooleanSupplier stillAllowed = () -> true;
  private boolean requestComplete;
  private boolean answered;
  private boolean finished;
  private int status;
  private long bytesSent;
  private String kind = "edge";
  private String user = "-";
  private String route = "-";
  private String cause = "-";
  private Object upstream = "-";
  private String portal = "";

  Exchange(
      Carrier carrier,
      HttpRequest request,
      boolean body,
      RequestTarget target,
      Client client,
      Share address) {
    super(request, body, target, client, address);
    this.carrier = carrier;
  }

  /** The client's socket; both ends of what this exchange starts live on its event loop. */
  public Channel channel() {
    return carrier.channel();
  }

  /** Lets a trace tell of this exchange. */
  public void trace(ExchangeTrace trace) {
    this.trace = trace;
  }

  /** The trace that tells of this exchange, or null while traces are off. */
  public @Nullable ExchangeTrace trace() {
    return trace;
  }

  /** Whether the request has been received to its end. */
  public boolean requestComplete() {
    return requestComplete;
  }

  /** Whether an answer has begun. */
  public boolean answered() {
    return answered;
  }

  /** Whether nothing more can come of this exchange. */
  public boolean finished() {
    return finished;
  }

  /** When it began, as {@link System#nanoTime()} tells. */
  public long startedAt() {
    return startedAt;
  }

  /** Says for the log and the counters whose exchange this is. */
  public void belongsTo(String user, String kind, String route) {
    this.user = user;
    this.kind = kind;
    this.route = route;
  }

  /** Says for the log who asks. */
  public void askedBy(String who) {
    this.user = who;
  }

  /** Says for the log where this exchange goes. */
  public void goesTo(Object upstream) {
    this.upstream = upstream;
  }

  /** Says for the log why this exchange failed. */
  public void failedBy(String cause) {
    this.cause = cause;
  }

  /** Says where the portal is, for a request at another origin than the portal's. */
  public void portalAt(String origin) {
    portal = origin;
  }

  /** What is asked about once a second while the exchange lasts; false closes it. */
  public void lastsWhile(BooleanSupplier allowed) {
    stillAllowed = allowed;
  }

  /** Whether what it {@link #lastsWhile} still holds; for its carrier. */
  public boolean stillAllowed() {
    return stillAllowed.getAsBoolean();
  }

  /** Sends the request's body here and lets it flow. */
  public void receiver(BodyReceiver receiver) {
    this.receiver = receiver;
  }

  /** Lets the body come (true) or leaves it with the client for now. */
  public void flow(boolean wanted) {
    if (!finished && !requestComplete) {
      carrier.flow(wanted);
    }
  }

  /** Answers with an error that says what to do next. */
  public void respond(Problem problem) {
    respond(problem, Page.headers());
  }

  /** Answers with an error and headers of its own. */
  public void respond(Problem problem, HttpHeaders headers) {
    ErrorPage.Again again = again(problem, headers);
    if (again == ErrorPage.Again.BY_ITSELF && !headers.contains(REFRESH)) {
      headers.set(REFRESH, headers.get(HttpHeaderNames.RETRY_AFTER));
    }
    boolean html = form() == AnswerForm.PAGE;
    headers.set(
        HttpHeaderNames.CONTENT_TYPE, html ? "text/html; charset=utf-8" : Problem.MEDIA_TYPE);
    headers.set(HttpHeaderNames.VARY, "Accept, Sec-Fetch-Mode");
    ByteBuf content =
        Unpooled.wrappedBuffer(
            html ? new ErrorPage(problem, portal, again).html() : Page.json(problem));
    respond(HttpResponseStatus.valueOf(problem.status()), headers, content);
  }

  /** A page asks anew for what is away now by itself, for what was too much only by hand. */
  private ErrorPage.Again again(Problem problem, HttpHeaders headers) {
    if (!isNavigation() || problem.status() < HttpResponseStatus.TOO_MANY_REQUESTS.code()) {
      return ErrorPage.Again.NO;
    }
    boolean passes = problem.status() > 500 && headers.contains(HttpHeaderNames.RETRY_AFTER);
    return passes ? ErrorPage.Again.BY_ITSELF : ErrorPage.Again.BY_HAND;
  }

  /** Sends the browser to another address with 302. */
  public void redirect(String location) {
    redirect(location, Page.headers());
  }

  /** The same with headers of its own. */
  public void redirect(String location, HttpHeaders headers) {
    headers.set(HttpHeaderNames.LOCATION, location);
    respond(HttpResponseStatus.FOUND, headers, Unpooled.EMPTY_BUFFER);
  }

  /** Answers in one piece. */
  public void respond(HttpResponseStatus status, HttpHeaders headers, ByteBuf content) {
    if (answered || finished) {
      content.release();
      if (!finished) {
        abort();
      }
      return;
    }
    headers.set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
    start(new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, headers));
    if (request().method().equals(HttpMethod.HEAD) || !content.isReadable()) {
      content.release();
    } else {
      bytesSent += content.readableBytes();
      carrier.write(content);
    }
    end(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  /** Makes the answer the last on its carrier. */
  public void closeAfterwards() {
    carrier.closeAfterwards();
  }

  /** Passes an interim answer, 100 or 103, on. */
  public void interim(HttpResponse response) {
    if (!answered && !finished) {
      carrier.interim(response);
    }
  }

  /** Begins an answer. */
  public void start(HttpResponse response) {
    answered = true;
    status = response.status().code();
    carrier.startAnswer(this, response);
  }

  /** Sends a part of the answer; released when written. */
  public void send(ByteBuf content) {
    if (finished) {
      content.release();
      return;
    }
    bytesSent += content.readableBytes();
    carrier.write(content);
  }

  /** Sends what has been written. */
  public void flush() {
    carrier.flush();
  }

  /** Whether the client takes more without it piling up here. */
  public boolean writable() {
    return carrier.writable();
  }

  /** Ends the answer. */
  public void end(LastHttpContent last) {
    if (finished) {
      last.release();
      return;
    }
    finished = true;
    bytesSent += last.content().readableBytes();
    carrier.endAnswer(this, last);
  }

  /** Breaks off: an answer that has begun can't be finished. */
  public void abort() {
    if (!finished) {
      finished = true;
      carrier.abort(this);
    }
  }

  /**
   * Takes the socket out of HTTP's hands: the caller writes and reads it from now on; bytes that
   * the client already sent are read first.
   */
  public void becomeTunnel(HttpResponse switching) {
    answered = true;
    finished = true;
    status = switching.status().code();
    carrier.leaveHttp(this, switching);
  }

  /** Takes a part of the request's body from the carrier. */
  public void received(HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    if (last) {
      requestComplete = true;
    }
    BodyReceiver to = receiver;
    if (hasBody() && to != null && !finished) {
      to.received(content);
    } else {
      content.release();
    }
  }

  /** Hears from the carrier that the client is gone. */
  public void clientGone() {
    finished = true;
    BodyReceiver to = receiver;
    if (to != null) {
      to.clientGone();
    }
  }

  /** Hears from the carrier that the client takes bytes again. */
  public void clientWritable() {
    BodyReceiver to = receiver;
    if (to != null && !finished) {
      to.clientWritable();
    }
  }

  /** It is over: counts no more. */
  void uncount() {
    uncount(status);
  }

  /** The exchange as the access log tells it. */
  public ExchangeFacts facts() {
    long now = System.nanoTime();
    return new ExchangeFacts(
        request().method().name(),
        target().path(),
        kind,
        user,
        route,
        upstream,
        client().address(),
        status,
        bytesSent,
        now - startedAt,
        now,
        cause);
  }
}
