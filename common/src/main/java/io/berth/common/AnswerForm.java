package io.berth.common;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an answer that is not what was asked for is told. */
public enum AnswerForm {
  /** To a person, as a page. */
  PAGE,
  /** To a program, as a {@link Problem}. */
  PROBLEM;

  private static final int MOST_RANGES = 32;

  /**
   * What a client wants. A browser says that a person navigates; what says nothing of it is asked
   * by its Accept header (RFC 9110 section 12.5.1): a page must be named, for a wildcard a problem
   * does.
   *
   * @param fetchMode the header Sec-Fetch-Mode
   * @param accept the header Accept, several joined by commas
   */
  public static AnswerForm of(@Nullable String fetchMode, @Nullable String accept) {
    if (fetchMode != null) {
      return fetchMode.equals("navigate") ? PAGE : PROBLEM;
    }
    if (accept == null) {
      return PROBLEM;
    }
    Quality page = new Quality("text", "html");
    Quality problem = new Quality("application", "problem+json");
    Quality json = new Quality("application", "json");
    int ranges = 0;
    for (String range : accept.split(",", MOST_RANGES + 1)) {
      if (++ranges > MOST_RANGES) {
        break;
      }
      page.look(range);
      problem.look(range);
      json.look(range);
    }
    Quality program = json.value > problem.value ? json : problem;
    boolean preferred =
        page.value > program.value
            || (page.value == program.value && page.nearness > program.nearness);
    return page.isNamed() && page.value > 0 && preferred ? PAGE : PROBLEM;
  }

  /** How much a client wants one media type: the nearest range that has it says so. */
  private static final class Quality {

    private static final int THOUSAND = 1_000;

    private final String type;
    private final String subtype;
    private int nearness;
    private int value;

    Quality(String type, String subtype) {
      this.type = type;
      this.subtype = subtype;
    }

    boolean isNamed() {
      return nearness > 1;
    }

    void look(String range) {
      String[] parts = range.split(";", -1);
      int near = nearness(parts[0].strip().toLowerCase(Locale.ROOT));
      if (near > nearness) {
        nearness = near;
        value = weight(parts);
      }
    }

    private int nearness(String name) {
      if (name.equals(type + "/" + subtype)) {
        return 3;
      }
      if (name.equals(type + "/*")) {
        return 2;
      }
      return name.equals("*/*") ? 1 : 0;
    }

    /** In thousandths; a weight that can't be read is none. */
    private static int weight(String[] parts) {
      for (int i = 1; i < parts.length; i++) {
        String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
        if (parameter.startsWith("q=")) {
          String weight = parameter.substring(2).strip();
          return weight.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?")
              ? (int) Math.round(Double.parseDouble(weight) * THOUSAND)
              : 0;
        }
      }
      return THOUSAND;
    }
  }
}
