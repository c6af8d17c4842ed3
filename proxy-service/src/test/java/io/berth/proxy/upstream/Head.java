package io.berth.proxy.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The head of a message as it stood on the wire. */
public record Head(String text) {

  /** Reads up to the empty line; an empty text if the peer closed before it. */
  public static Head read(InputStream in, int limit) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.length() < limit) {
      int next = in.read();
      if (next < 0) {
        return new Head("");
      }
      text.append((char) next);
      if (next == '\n'
          && text.length() >= 4
          && text.substring(text.length() - 4).equals("\r\n\r\n")) {
        return new Head(text.toString());
      }
    }
    throw new IOException("a head larger than " + limit);
  }

  public List<String> lines() {
    return text.lines().filter(line -> !line.isEmpty()).toList();
  }

  public String firstLine() {
    return text.isEmpty() ? "" : lines().getFirst();
  }

  public String method() {
    return firstLine().split(" ", -1)[0];
  }

  public String target() {
    return firstLine().split(" ", -1)[1];
  }

  public int status() {
    return Integer.parseInt(firstLine().split(" ", -1)[1]);
  }

  /** The value of a header whose name is spelled exactly so. */
  public Optional<String> exactly(String name) {
    return lines().stream()
        .skip(1)
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst();
  }

  /** The value of a header in any spelling. */
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  public List<String> headers(String name) {
    return lines().stream()
        .skip(1)
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .toList();
  }

  public byte[] bytes() {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
