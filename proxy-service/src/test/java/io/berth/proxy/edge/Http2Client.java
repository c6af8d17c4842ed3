package io.berth.proxy.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;

/** A client of HTTP/2 that makes its frames by hand, rules or no rules. */
final class Http2Client implements AutoCloseable {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int ACK = 1;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final Frame END =
      new Frame(-1, 0, 0, ByteBuffer.allocate(0), new DefaultHttp2Headers());

  private final SSLSocket socket;
  private final DataInputStream in;
  private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
  private final Frame settings;
  private final List<Frame> seen = new ArrayList<>();

  /** One frame of the edge's. */
  record Frame(int type, int flags, int stream, ByteBuffer payload, Http2Headers headers) {

    boolean endsStream() {
      return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
    }

    /** The code of RST_STREAM or GOAWAY. */
    int code() {
      return payload.getInt(type == GOAWAY ? 4 : 0);
    }

    String text() {
      return StandardCharsets.ISO_8859_1.decode(payload.duplicate()).toString();
    }
  }

  /** What came on one stream. */
  record Answer(int status, Http2Headers headers, String body, Http2Headers trailers, int reset) {}

  private Http2Client(SSLSocket socket, int window) {
    this.socket = socket;
    try {
      in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
      write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ByteBuf settings = Unpooled.buffer().writeShort(INITIAL_WINDOW_SIZE).writeInt(window);
    send(SETTINGS, 0, 0, ByteBufUtil.getBytes(settings));
    this.settings = await(SETTINGS);
    send(SETTINGS, ACK, 0, new byte[0]);
  }

  /** The edge's own. */
  Frame settings() {
    return settings;
  }

  static Http2Client to(int port) {
    return to(port, 65_535);
  }

  /** With a window of so many bytes for each stream's answer. */
  static Http2Client to(int port, int window) {
    return new Http2Client(SecureEdge.connect(port, "h2"), window);
  }

  String protocol() {
    return socket.getApplicationProtocol();
  }

  void write(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void send(int type, int flags, int stream, byte[] payload) {
    ByteBuf frame =
        Unpooled.buffer()
            .writeMedium(payload.length)
            .writeByte(type)
            .writeByte(flags)
            .writeInt(stream)
            .writeBytes(payload);
    write(ByteBufUtil.getBytes(frame));
  }

  /** A head as these names and values, in this order. */
  byte[] block(String... fields) {
    // Netty's own collection puts pseudo fields first: in order means one at a time.
    ByteBuf block = Unpooled.buffer();
    try {
      for (int i = 0; i < fields.length; i += 2) {
        encoder.encodeHeaders(
            3, new DefaultHttp2Headers(false).add(fields[i], fields[i + 1]), block);
      }
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
    return ByteBufUtil.getBytes(block);
  }

  void request(int stream, boolean ends, String... fields) {
    send(HEADERS, END_HEADERS | (ends ? END_STREAM : 0), stream, block(fields));
  }

  /** A visit of a path with a cookie. */
  void get(int stream, String path, String cookie) {
    request(stream, true, head("GET", path, "cookie", cookie));
  }

  static String[] head(String method, String path, String... more) {
    List<String> fields =
        new ArrayList<>(
            List.of(
                ":method",
                method,
                ":scheme",
                "https",
                ":authority",
                "berth.test:5006",
                ":path",
                path));
    fields.addAll(List.of(more));
    return fields.toArray(String[]::new);
  }

  void data(int stream, boolean ends, byte[] bytes) {
    send(DATA, ends ? END_STREAM : 0, stream, bytes);
  }

  void window(int stream, int more) {
    send(WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(more).array());
  }

  void reset(int stream) {
    send(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(8).array());
  }

  /** The next frame; one of type -1 at the end of the connection. */
  Frame read() {
    try {
      int first = in.read();
      if (first < 0) {
        return END;
      }
      int length = first << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt() & Integer.MAX_VALUE;
      byte[] payload = in.readNBytes(length);
      Http2Headers headers =
          type == HEADERS
              ? decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(payload))
              : new DefaultHttp2Headers();
      Frame frame = new Frame(type, flags, stream, ByteBuffer.wrap(payload), headers);
      seen.add(frame);
      return frame;
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      return END;
    }
  }

  /** The next frame of a type, all others passed over; or the end. */
  Frame await(int type) {
    Frame frame = read();
    while (frame.type() != type && frame.type() >= 0) {
      frame = read();
    }
    return frame;
  }

  /** What has been read so far of a type. */
  List<Frame> seen(int type) {
    return seen.stream().filter(frame -> frame.type() == type).toList();
  }

  /** Reads until a stream has ended or is reset; frames of others are passed over. */
  Answer answer(int stream) {
    Http2Headers head = new DefaultHttp2Headers();
    Http2Headers trailers = new DefaultHttp2Headers();
    StringBuilder body = new StringBuilder();
    int reset = -1;
    while (true) {
      Frame frame = read();
      if (frame.type() < 0) {
        break;
      }
      if (frame.stream() != stream) {
        continue;
      }
      switch (frame.type()) {
        case HEADERS -> {
          if (frame.headers().status() == null) {
            trailers = frame.headers();
          } else {
            head = frame.headers();
          }
        }
        case DATA -> body.append(frame.text());
        case RST_STREAM -> reset = frame.code();
        default -> {}
      }
      if (frame.endsStream() || frame.type() == RST_STREAM) {
        break;
      }
    }
    int status = head.status() == null ? 0 : Integer.parseInt(head.status().toString());
    return new Answer(status, head, body.toString(), trailers, reset);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
