package io.berth.proxy.http;

import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Header fields one after the other, as they go over the wire. A head has few of them: walking them
 * costs less than the hash table that Netty's own headers build for each message. What a decoder
 * reads is validated as Netty's own headers do it; what is made of that is not a second time.
 */
// Netty's interface has no annotations for null.
@SuppressWarnings({"NullAway", "InlineMeSuggester"})
final class FlatHeaders extends HttpHeaders {

  private static final int FEW = 16;

  private final boolean validating;

  private CharSequence[] names = new CharSequence[FEW];
  private String[] values = new String[FEW];
  private int size;

  /**
   * @param validating whether a name or value that RFC 9110 section 5 does not allow is refused
   */
  FlatHeaders(boolean validating) {
    this.validating = validating;
  }

  private static void validate(CharSequence name, CharSequence value) {
    if (name.isEmpty() || HttpHeaderValidationUtil.validateToken(name) >= 0) {
      throw new IllegalArgumentException("a header's name holds what no name may");
    }
    if (HttpHeaderValidationUtil.validateValidHeaderValue(value) >= 0) {
      throw new IllegalArgumentException("a header's value holds what no value may");
    }
  }

  CharSequence nameAt(int index) {
    return names[index];
  }

  String valueAt(int index) {
    return values[index];
  }

  private int indexOf(CharSequence name, int from) {
    int length = name.length();
    for (int i = from; i < size; i++) {
      if (names[i].length() == length && AsciiString.contentEqualsIgnoreCase(names[i], name)) {
        return i;
      }
    }
    return -1;
  }

  private FlatHeaders append(CharSequence name, Object value) {
    String text = value.toString();
    if (validating) {
      validate(name, text);
    }
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    names[size] = name;
    values[size] = text;
    size++;
    return this;
  }

  private void removeFrom(CharSequence name, int first) {
    int kept = first;
    for (int i = first; i < size; i++) {
      boolean goes =
          names[i].length() == name.length() && AsciiString.contentEqualsIgnoreCase(names[i], name);
      if (!goes) {
        names[kept] = names[i];
        values[kept] = values[i];
        kept++;
      }
    }
    Arrays.fill(names, kept, size, null);
    Arrays.fill(values, kept, size, null);
    size = kept;
  }

  private FlatHeaders replace(CharSequence name, Object value) {
    int first = indexOf(name, 0);
    if (first < 0) {
      return append(name, value);
    }
    String text = value.toString();
    if (validating) {
      validate(name, text);
    }
    names[first] = name;
    values[first] = text;
    removeFrom(name, first + 1);
    return this;
  }

  @Override
  public @Nullable String get(CharSequence name) {
    int index = indexOf(name, 0);
    return index < 0 ? null : values[index];
  }

  @Override
  public @Nullable String get(String name) {
    return get((CharSequence) name);
  }

  @Override
  public @Nullable Integer getInt(CharSequence name) {
    String value = get(name);
    try {
      return value == null ? null : Integer.valueOf(value);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  @Override
  public int getInt(CharSequence name, int otherwise) {
    Integer value = getInt(name);
    return value == null ? otherwise : value;
  }

  @Override
  public @Nullable Short getShort(CharSequence name) {
    Integer value = getInt(name);
    return value == null || value != value.shortValue() ? null : value.shortValue();
  }

  @Override
  public short getShort(CharSequence name, short otherwise) {
    Short value = getShort(name);
    return value == null ? otherwise : value;
  }

  @Override
  public @Nullable Long getTimeMillis(CharSequence name) {
    throw new UnsupportedOperationException("dates are passed on, never read");
  }

  @Override
  public long getTimeMillis(CharSequence name, long otherwise) {
    throw new UnsupportedOperationException("dates are passed on, never read");
  }

  @Override
  public List<String> getAll(CharSequence name) {
    List<String> all = new ArrayList<>(1);
    for (int i = indexOf(name, 0); i >= 0; i = indexOf(name, i + 1)) {
      all.add(values[i]);
    }
    return all;
  }

  @Override
  public List<String> getAll(String name) {
    return getAll((CharSequence) name);
  }

  @Override
  public boolean contains(CharSequence name) {
    return indexOf(name, 0) >= 0;
  }

  @Override
  public boolean contains(String name) {
    return indexOf(name, 0) >= 0;
  }

  @Override
  public boolean isEmpty() {
    return size == 0;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Set<String> names() {
    Set<String> distinct = new LinkedHashSet<>();
    for (int i = 0; i < size; i++) {
      distinct.add(names[i].toString());
    }
    return distinct;
  }

  @Override
  public List<Map.Entry<String, String>> entries() {
    List<Map.Entry<String, String>> entries = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      entries.add(new SimpleImmutableEntry<>(names[i].toString(), values[i]));
    }
    return entries;
  }

  @Override
  @Deprecated
  public Iterator<Map.Entry<String, String>> iterator() {
    return entries().iterator();
  }

  @Override
  public Iterator<Map.Entry<CharSequence, CharSequence>> iteratorCharSequence() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size;
      }

      @Override
      public Map.Entry<CharSequence, CharSequence> next() {
        if (next >= size) {
          throw new NoSuchElementException();
        }
        return new SimpleImmutableEntry<>(names[next], values[next++]);
      }
    };
  }

  @Override
  public FlatHeaders add(CharSequence name, Object value) {
    return append(name, value);
  }

  @Override
  public FlatHeaders add(String name, Object value) {
    return append(name, value);
  }

  @Override
  public FlatHeaders add(String name, Iterable<?> all) {
    all.forEach(value -> append(name, value));
    return this;
  }

  @Override
  public FlatHeaders addInt(CharSequence name, int value) {
    return append(name, value);
  }

  @Override
  public FlatHeaders addShort(CharSequence name, short value) {
    return append(name, value);
  }

  @Override
  public FlatHeaders set(CharSequence name, Object value) {
    return replace(name, value);
  }

  @Override
  public FlatHeaders set(String name, Object value) {
    return replace(name, value);
  }

  @Override
  public FlatHeaders set(String name, Iterable<?> all) {
    remove(name);
    return add(name, all);
  }

  @Override
  public FlatHeaders setInt(CharSequence name, int value) {
    return replace(name, value);
  }

  @Override
  public FlatHeaders setShort(CharSequence name, short value) {
    return replace(name, value);
  }

  @Override
  public FlatHeaders remove(CharSequence name) {
    removeFrom(name, 0);
    return this;
  }

  @Override
  public FlatHeaders remove(String name) {
    removeFrom(name, 0);
    return this;
  }

  @Override
  public FlatHeaders clear() {
    Arrays.fill(names, 0, size, null);
    Arrays.fill(values, 0, size, null);
    size = 0;
    return this;
  }
}
