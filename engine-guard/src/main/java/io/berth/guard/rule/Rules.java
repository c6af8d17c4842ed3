package io.berth.guard.rule;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Rules for single values, as sentences of {@link ContainerRule} and its neighbours. */
final class Rules {

  private Rules() {}

  static Shape.Rule anyText() {
    return text(text -> true, "text");
  }

  static Shape.Rule text(Predicate<String> allowed, String words) {
    return (where, value) -> {
      if (value instanceof String text && allowed.test(text)) {
        return text;
      }
      throw new Refused(where + " must be " + words);
    };
  }

  static Shape.Rule oneOf(String... words) {
    return text(Set.of(words)::contains, String.join(" or ", words));
  }

  static Shape.Rule positive() {
    return (where, value) -> {
      if (value instanceof Number number && number.longValue() > 0) {
        return number;
      }
      throw new Refused(where + " must be a positive number");
    };
  }

  static Shape.Rule yes() {
    return (where, value) -> {
      if (value instanceof Boolean flag) {
        return flag;
      }
      throw new Refused(where + " must be true or false");
    };
  }

  static Shape.Rule listOf(Shape.Rule each) {
    return (where, value) -> {
      if (!(value instanceof JsonArray array)) {
        throw new Refused(where + " must be a list");
      }
      JsonArray sent = new JsonArray();
      for (Object entry : array) {
        if (entry == null) {
          throw new Refused(where + " has an empty entry");
        }
        sent.add(each.check(where, entry));
      }
      return sent;
    };
  }

  static Shape.Rule object(Shape shape) {
    return (where, value) -> {
      if (value instanceof JsonObject object) {
        return shape.check(where + ".", object);
      }
      throw new Refused(where + " must be an object");
    };
  }

  /** Keys and texts, such as labels; with some keys that must have a certain text. */
  static Shape.Rule texts(Predicate<String> keys, Map<String, String> required) {
    return (where, value) -> {
      if (!(value instanceof JsonObject object)) {
        throw new Refused(where + " must be an object");
      }
      for (Map.Entry<String, Object> entry : object) {
        if (!keys.test(entry.getKey()) || !(entry.getValue() instanceof String)) {
          throw new Refused(where + "." + entry.getKey() + " may not be set");
        }
      }
      for (Map.Entry<String, String> entry : required.entrySet()) {
        if (!entry.getValue().equals(object.getValue(entry.getKey()))) {
          throw new Refused(where + "." + entry.getKey() + " must be " + entry.getValue());
        }
      }
      return object;
    };
  }
}
