package io.berth.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads manifests, and finds what the API's model has no place for. */
final class Manifests {

  private static final KubernetesSerialization MODEL = new KubernetesSerialization();
  private static final Pattern BETWEEN = Pattern.compile("(?m)^---\\s*$");

  private Manifests() {}

  /** The objects of a text with documents. */
  static List<HasMetadata> read(String text) {
    return documents(text).map(each -> (HasMetadata) MODEL.unmarshal(each)).toList();
  }

  /** Fields, by object and path, that are in a document and in no class of the model. */
  static List<String> unknownFields(String text) {
    List<String> unknown = new ArrayList<>();
    documents(text)
        .forEach(document -> {
          HasMetadata object = MODEL.unmarshal(document);
          String name = object.getKind() + " " + object.getMetadata().getName();
          if (object instanceof GenericKubernetesResource) {
            unknown.add(name + ": no such kind in " + object.getApiVersion());
            return;
          }
          new UnknownFields(unknown, name + ": ").look(object, "");
        });
    return unknown;
  }

  private static Stream<String> documents(String text) {
    return BETWEEN
        .splitAsStream(text)
        .filter(each -> each.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#")));
  }

  /** Walks an object of the model; what it could not place is in its additional properties. */
  private record UnknownFields(List<String> unknown, String object) {

    void look(Object value, String path) {
      switch (value) {
        case null -> {}
        case List<?> list -> {
          for (int i = 0; i < list.size(); i++) {
            look(list.get(i), path + "[" + i + "]");
          }
        }
        case Map<?, ?> map -> map.forEach((key, each) -> look(each, path + "." + key));
        default -> {
          if (value.getClass().getName().startsWith("io.fabric8.")) {
            bean(value, path);
          }
        }
      }
    }

    private void bean(Object bean, String path) {
      String prefix = path.isEmpty() ? "" : path + ".";
      for (var method : bean.getClass().getMethods()) {
        if (method.getParameterCount() > 0 || !method.getName().startsWith("get")) {
          continue;
        }
        try {
          if (method.getName().equals("getAdditionalProperties")) {
            Iterator<?> keys = ((Map<?, ?>) method.invoke(bean)).keySet().iterator();
            keys.forEachRemaining(key -> unknown.add(object + prefix + key));
          } else if (method.getDeclaringClass().getName().startsWith("io.fabric8.")) {
            String name = method.getName().substring(3);
            look(
                method.invoke(bean),
                prefix + Character.toLowerCase(name.charAt(0)) + name.substring(1));
          }
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(method.toString(), e);
        }
      }
    }
  }
}
