package io.berth.proxy.edge;

import io.berth.proxy.http.ExchangeFacts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;

/** Lines of the access log in one reused piece of memory. Not for several threads. */
final class AccessLines {

  private static final int ROOM = 64 * 1_024;
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,").withZone(ZoneId.systemDefault());
  private static final long MILLIS = 1_000;
  private static final long TEN_THOUSANDTHS = 10_000;

  /** Longer values, paths that is, are cut. */
  private static final int LONGEST_VALUE = 4_096;

  /** Eight values and what is between them. */
  private static final int LONGEST_LINE = 9 * LONGEST_VALUE;

  private static final byte[] WRITTEN_BY = ascii(" INFO  [io.berth.access] (access-log) user=");
  private static final byte[] KIND = ascii(" kind=");
  private static final byte[] ROUTE = ascii(" route=");
  private static final byte[] TARGET = ascii(" target=");
  private static final byte[] METHOD = ascii(" method=");
  private static final byte[] PATH = ascii(" path=");
  private static final byte[] STATUS = ascii(" status=");
  private static final byte[] BYTES = ascii(" bytes=");
  private static final byte[] DURATION = ascii(" duration=");
  private static final byte[] CLIENT = ascii(" client=");
  private static final byte[] CAUSE = ascii(" cause=");
  private static final byte[] LINE_END = ascii("\n");

  private final byte[] memory = new byte[ROOM];
  private int end;
  private long second = -1;
  private byte[] secondText = {};
  private long nowMillis;
  private long nowNanos;

  /** Takes the time by which the next lines' ends are dated. */
  void readClocks() {
    nowMillis = System.currentTimeMillis();
    nowNanos = System.nanoTime();
  }

  /** Whether there may be no room for another line. */
  boolean full() {
    return end > ROOM - LONGEST_LINE;
  }

  void writeTo(OutputStream out) throws IOException {
    int length = end;
    end = 0;
    if (length > 0) {
      out.write(memory, 0, length);
      out.flush();
    }
  }

  void add(ExchangeFacts facts) {
    date(nowMillis - TimeUnit.NANOSECONDS.toMillis(nowNanos - facts.endedAt()));
    add(WRITTEN_BY);
    add(facts.user());
    add(KIND);
    add(facts.kind());
    add(ROUTE);
    add(facts.route());
    add(TARGET);
    add(facts.upstream().toString());
    add(METHOD);
    add(facts.method());
    add(PATH);
    add(facts.path());
    add(STATUS);
    add(facts.status());
    add(BYTES);
    add(facts.bytes());
    add(DURATION);
    long duration = facts.nanos() / (TimeUnit.SECONDS.toNanos(1) / TEN_THOUSANDTHS);
    add(duration / TEN_THOUSANDTHS);
    memory[end++] = '.';
    digits(duration % TEN_THOUSANDTHS, TEN_THOUSANDTHS / 10);
    add(CLIENT);
    add(facts.client());
    add(CAUSE);
    add(facts.cause());
    add(LINE_END);
  }

  private void date(long millis) {
    long itsSecond = Math.floorDiv(millis, MILLIS);
    if (itsSecond != second) {
      second = itsSecond;
      secondText = ascii(SECOND.format(Instant.ofEpochSecond(itsSecond)));
    }
    add(secondText);
    digits(Math.floorMod(millis, MILLIS), MILLIS / 10);
  }

  /** Digits from the one worth {@code first} on, with leading zeros. */
  private void digits(long value, long first) {
    for (long worth = first; worth > 0; worth /= 10) {
      memory[end++] = (byte) ('0' + value / worth % 10);
    }
  }

  private void add(long number) {
    long worth = 1;
    while (number / worth >= 10) {
      worth *= 10;
    }
    digits(number, worth);
  }

  private void add(byte[] text) {
    System.arraycopy(text, 0, memory, end, text.length);
    end += text.length;
  }

  /** Nothing that a client says can end a line, look like another key or carry a terminal code. */
  private void add(String value) {
    int length = Math.min(value.length(), LONGEST_VALUE);
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      memory[end++] = (byte) (c > ' ' && c < 0x7f ? c : '?');
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
