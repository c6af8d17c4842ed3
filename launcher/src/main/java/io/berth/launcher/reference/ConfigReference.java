package io.berth.launcher.reference;

import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every key that the services read, with type, default and meaning, as a Markdown page. */
public final class ConfigReference {

  private static final List<String> SERVICES =
      List.of("proxy-service", "auth-service", "session-service");
  private static final Pattern OPTIONAL = Pattern.compile("Optional<(.+)>");
  private static final Pattern MAP = Pattern.compile("Map<String, ?(.+)>");
  private static final String HEAD =
      """
      # Configuration

      Written by `./berth docs` from the typed configuration of the services; don't edit it. Every key can be set as a system property, in
      a properties file, or by the environment variable beside it. Durations are written `15s`, `10m`, `8h` (or ISO-8601), sizes `512M`,
      `4G`. A service checks all of it at start, says everything that is wrong at once, and then does not start.
      """;

  private final Path checkout;

  public ConfigReference(Path checkout) {
    this.checkout = checkout;
  }

  /** The page. */
  public String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    for (String service : SERVICES) {
      page.append("\n## ").append(service).append('\n');
      for (ConfigSection section : sections(service)) {
        page.append("\n### `").append(section.prefix()).append("`\n\n");
        page.append(section.about()).append("\n\n");
        page.append("| key | variable | type | default | meaning |\n|---|---|---|---|---|\n");
        for (ConfigKey key : section.keys()) {
          page.append(row(key));
        }
      }
    }
    return page.toString();
  }

  List<ConfigSection> sections(String service) {
    ConfigSources sources = ConfigSources.of(checkout.resolve(service));
    List<ConfigSection> sections = new ArrayList<>();
    for (ConfigSources.Source mapping : sources.mappings()) {
      String prefix =
          ConfigSources.annotation(mapping.tree().getModifiers(), "ConfigMapping", "prefix")
              .orElseThrow();
      List<ConfigKey> keys = new ArrayList<>();
      collect(sources, mapping, prefix, keys);
      sections.add(new ConfigSection(service, prefix, sources.commentOf(mapping), keys));
    }
    return sections;
  }

  private static void collect(
      ConfigSources sources, ConfigSources.Source in, String prefix, List<ConfigKey> keys) {
    for (Tree member : in.tree().getMembers()) {
      if (member instanceof MethodTree method && method.getBody() == null) {
        collect(sources, in, method, prefix, keys);
      }
    }
  }

  private static void collect(
      ConfigSources sources,
      ConfigSources.Source in,
      MethodTree method,
      String prefix,
      List<ConfigKey> keys) {
    String written = String.valueOf(method.getReturnType());
    boolean optional = written.startsWith("Optional");
    String type = inner(OPTIONAL, written);
    Matcher map = MAP.matcher(type);
    String name = nameOf(method, prefix);
    if (map.matches()) {
      type = map.group(1);
      name += ".<name>";
      optional = true;
    }
    Optional<ConfigSources.Source> group = sources.find(type);
    if (group.isPresent()) {
      collect(sources, group.get(), name, keys);
      return;
    }
    Optional<String> fallback =
        ConfigSources.annotation(method.getModifiers(), "WithDefault", "value");
    keys.add(
        new ConfigKey(
            name,
            type.replaceAll("^Optional(Int|Long|Double)$", "$1"),
            fallback,
            !optional && fallback.isEmpty(),
            sources.commentOf(in, method)));
  }

  private static String nameOf(MethodTree method, String prefix) {
    if (ConfigSources.has(method.getModifiers(), "WithParentName")) {
      return prefix;
    }
    String kebab =
        method
            .getName()
            .toString()
            .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
            .toLowerCase(Locale.ROOT);
    return prefix
        + "."
        + ConfigSources.annotation(method.getModifiers(), "WithName", "value").orElse(kebab);
  }

  private static String inner(Pattern wrapper, String type) {
    Matcher matcher = wrapper.matcher(type);
    return matcher.matches() ? matcher.group(1) : type;
  }

  private static String row(ConfigKey key) {
    String fallback =
        key.fallback()
            .map(value -> "`" + value + "`")
            .orElse(key.required() ? "**required**" : "not set");
    return "| `%s` | `%s` | %s | %s | %s |\n"
        .formatted(
            key.name(), key.variable(), key.type(), fallback, meaning(key).replace("|", "\\|"));
  }

  /** The comment, but for the default that stands in a column of its own. */
  private static String meaning(ConfigKey key) {
    return key.fallback().isEmpty()
        ? key.about()
        : key.about().replaceAll(" Default [^.]*\\.$", "");
  }
}
