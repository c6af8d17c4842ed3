package io.berth.proxy.fuzz;

import io.berth.proxy.forward.DesktopRequest;
import io.berth.proxy.forward.ServedDesktop;
import io.berth.proxy.http.ClientSide;
import io.berth.proxy.http.Exchange;
import io.berth.proxy.http.HeadBytes;
import io.berth.proxy.http.HttpConfig;
import io.berth.proxy.limit.Limits;
import io.berth.proxy.limit.LimitsConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whatever bytes come from a client, what a desktop hears is one head, with one host and the
 * desktop's own credential and none of the platform's.
 */
public final class RequestFuzz {

  private static final ServedDesktop DESKTOP =
      ServedDesktop.at(AddressFuzz.SITE, AddressFuzz.ROUTE);
  private static final SmallRyeConfig CONFIG =
      new SmallRyeConfigBuilder()
          .withMapping(Fuzzed.class)
          .withConverter(Duration.class, 200, new DurationConverter())
          .withSources(
              new PropertiesConfigSource(Map.of("fuzz.limits.enabled", "false"), "fuzz", 100))
          .build();

  /** As the edge has them by default. */
  @ConfigMapping(prefix = "fuzz")
  public interface Fuzzed {
    HttpConfig http();

    LimitsConfig limits();
  }

  private RequestFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    List<String> heads = new ArrayList<>();
    Fuzzed config = CONFIG.getConfigMapping(Fuzzed.class);
    ClientSide side =
        new ClientSide(
            config.http(),
            new Limits(config.limits(), limit -> {}),
            exchange -> {
              heads.add(headOf(exchange));
              exchange.respond(
                  HttpResponseStatus.OK,
                  new io.netty.handler.codec.http.DefaultHttpHeaders(),
                  Unpooled.EMPTY_BUFFER);
            },
            facts -> {},
            host -> false,
            status -> {});
    Client client = new Client();
    client.pipeline().addLast(side);
    try {
      client.writeInbound(Unpooled.wrappedBuffer(data));
      client.runPendingTasks();
    } finally {
      client.finishAndReleaseAll();
    }
    heads.forEach(RequestFuzz::holds);
  }

  private static String headOf(Exchange exchange) {
    ByteBuf head = Unpooled.buffer();
    HeadBytes.text(exchange.request().method().asciiName(), head);
    HeadBytes.text(" " + exchange.target().full() + " HTTP/1.1\r\n", head);
    HeadBytes.fields(DesktopRequest.headers(exchange, DESKTOP), head);
    HeadBytes.lineEnd(head);
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static void holds(String head) {
    // By hand, as a small server would.
    String[] lines = head.split("\r\n", -1);
    check(head.indexOf("\r\n\r\n") == head.length() - 4, "one head", head);
    check(lines[0].split(" ", -1).length == 3, "a request line of three words", head);
    check(
        head.replace("\r\n", "").chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0),
        "no line within a line",
        head);
    int hosts = 0;
    int authorizations = 0;
    int lengths = 0;
    for (int i = 1; i < lines.length - 2; i++) {
      int colon = lines[i].indexOf(':');
      check(colon > 0, "a name before each colon", head);
      String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
      String value = lines[i].substring(colon + 1).trim();
      switch (name) {
        case "host" -> {
          hosts++;
          check(value.equals("berth.test"), "our host", head);
        }
        case "authorization" -> {
          authorizations++;
          check(value.equals(AddressFuzz.ROUTE.authorization()), "the desktop's password", head);
        }
        case "content-length", "transfer-encoding" -> lengths++;
        case "cookie" -> cookies(value, head);
        case "x-forwarded-for" -> check(value.equals("127.0.0.1"), "the client's address", head);
        case "connection", "upgrade", "proxy-authorization", "te", "trailer", "referer" ->
            throw new AssertionError("nothing of the client's connection\n" + head);
        default -> {}
      }
    }
    check(hosts == 1 && authorizations == 1 && lengths <= 1, "one of each", head);
  }

  private static void cookies(String value, String head) {
    for (Cookie cookie : ServerCookieDecoder.LAX.decodeAll(value)) {
      check(!CookieFuzz.isOurs(cookie.name()), "no cookie of the platform", head);
    }
    for (String pair : value.split(";", -1)) {
      String name = pair.split("=", -1)[0].trim();
      check(!CookieFuzz.isOurs(name), "no cookie of the platform", head);
    }
  }

  private static void check(boolean holds, String what, String head) {
    if (!holds) {
      throw new AssertionError(what + "\n" + head);
    }
  }

  /** A channel from an address, which Netty's own has none of. */
  private static final class Client extends EmbeddedChannel {

    @Override
    protected SocketAddress remoteAddress0() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    }
  }
}
