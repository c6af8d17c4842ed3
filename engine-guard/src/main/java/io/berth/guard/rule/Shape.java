package io.berth.guard.rule;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields that an object of the engine's API may have. What comes out is written anew from these
 * fields: Go reads names in any case and takes the last of two, so what was read here and what the
 * engine would read could differ.
 */
final class Shape {

  /** Says what to send for a value, or refuses it. */
  @FunctionalInterface
  interface Rule {
    Object check(String where, Object value) throws Refused;
  }

  private final Map<String, Rule> rules = new HashMap<>();
  private final Map<String, Object> fixed = new HashMap<>();

  /** A field that may be there. */
  Shape may(String field, Rule rule) {
    rules.put(field, rule);
    return this;
  }

  /** A field that must be there. */
  Shape must(String field, Rule rule) {
    rules.put(field, rule);
    fixed.put(field, Missing.IT);
    return this;
  }

  private enum Missing {
    IT
  }

  /** The object to send for the one given. */
  JsonObject check(String where, JsonObject given) throws Refused {
    JsonObject sent = new JsonObject();
    for (Map.Entry<String, Object> field : given) {
      @Nullable Object value = field.getValue();
      Rule rule = rules.get(field.getKey());
      if (isEmpty(value)) {
        continue; // as good as not there: docker-java writes all it could say
      }
      if (rule == null || value == null) {
        throw new Refused(where + field.getKey() + " may not be set");
      }
      sent.put(field.getKey(), rule.check(where + field.getKey(), value));
    }
    for (String field : fixed.keySet()) {
      if (!sent.containsKey(field)) {
        throw new Refused(where + field + " must be set");
      }
    }
    return sent;
  }

  private static boolean isEmpty(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case Boolean flag -> !flag;
      case Number number -> number.doubleValue() == 0;
      case String text -> text.isEmpty();
      case JsonArray array -> array.isEmpty();
      case JsonObject object -> object.isEmpty();
      default -> false;
    };
  }
}
