package io.berth.bench.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** What the upstream serves, known to both ends so that answers can be checked. */
public final class Content {

  /** Address of the small answer, below whatever prefix. */
  public static final String SMALL = "/small";

  /** Address of the 1 MiB answer. */
  public static final String LARGE = "/large";

  /** WebSocket that returns every frame. */
  public static final String ECHO = "/echo";

  /** WebSocket that sends {@link #streamFrame} for ever. */
  public static final String SOURCE = "/source";

  /** Length of the small answer's body, in bytes. */
  public static final int SMALL_LENGTH = 2_048;

  /** Length of the large answer's body, in bytes. */
  public static final int LARGE_LENGTH = 1_048_576;

  /** Payload of a frame of the stream: KasmVNC's servers refuse 65,536 bytes and more. */
  public static final int STREAM_PAYLOAD = 65_535;

  /** First byte of every body and payload. */
  public static final byte FIRST = 'B';

  /** Last byte of every body and payload. */
  public static final byte LAST = 'h';

  /** A text frame to {@link #ECHO} with this payload makes the upstream reset the connection. */
  static final byte[] DIE = "die".getBytes(StandardCharsets.US_ASCII);

  /** Opcode of a text frame, FIN set. */
  static final int TEXT = 0x81;

  /** Opcode of a binary frame, FIN set. */
  public static final int BINARY = 0x82;

  /** Opcode of a close frame, FIN set. */
  static final int CLOSE = 0x88;

  private Content() {}

  /** Bytes in between are noise of a fixed seed: nobody gains by compressing them. */
  static byte[] body(int length) {
    byte[] body = new byte[length];
    new java.util.Random(length).nextBytes(body);
    body[0] = FIRST;
    body[length - 1] = LAST;
    return body;
  }

  /** A whole answer, head and body, in memory outside the heap. */
  static ByteBuf answer(String status, int length, boolean close) {
    byte[] head =
        "HTTP/1.1 %s\r\nContent-Type: application/octet-stream\r\nContent-Length: %d\r\n%s\r\n"
            .formatted(status, length, close ? "Connection: close\r\n" : "")
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuf answer = Unpooled.directBuffer(head.length + length).writeBytes(head);
    return length == 0 ? answer : answer.writeBytes(body(length));
  }

  /** One unmasked frame of the stream, header and payload. */
  public static ByteBuf streamFrame() {
    return Unpooled.directBuffer(STREAM_PAYLOAD + 4)
        .writeByte(BINARY)
        .writeByte(126)
        .writeShort(STREAM_PAYLOAD)
        .writeBytes(body(STREAM_PAYLOAD));
  }

  /** A masked text frame that makes {@link #ECHO} reset the connection. */
  public static ByteBuf dieFrame() {
    return Unpooled.buffer(6 + DIE.length)
        .writeByte(TEXT)
        .writeByte(0x80 | DIE.length)
        .writeInt(0)
        .writeBytes(DIE);
  }
}
