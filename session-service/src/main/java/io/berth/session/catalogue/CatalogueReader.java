package io.berth.session.catalogue;

import io.berth.common.DesktopTypeName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes desktop types of configuration and collects all that is wrong with it. */
final class CatalogueReader {

  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final Pattern IMAGE =
      Pattern.compile("[a-z0-9][a-zA-Z0-9._:/-]*(@sha256:[0-9a-f]{64})?");
  private static final Pattern TAGGED = Pattern.compile(".*[:@][^/]+");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern CAPABILITY = Pattern.compile("[A-Z_]+");
  private static final Pattern QUERY = Pattern.compile("[!-~&&[^#\"<>\\\\]]*");
  private static final Pattern GPUS = Pattern.compile("all|[0-9]{1,2}");
  private static final Pattern GPU_DEVICE =
      Pattern.compile("/dev/dri/(card|renderD)[0-9]+|/dev/kfd");
  private static final long LEAST_MEMORY = 64L << 20;

  private final List<String> errors;
  private final boolean allowUnconfined;
  private final PoolReader pools;

  CatalogueReader(List<String> errors, boolean allowUnconfined) {
    this.errors = errors;
    this.allowUnconfined = allowUnconfined;
    this.pools = new PoolReader(errors);
  }

  /** What readers of their own made of parts of a type. */
  private record Read(DesktopType.Hardening hardening, Timeouts timeouts, DesktopType.Pool pool) {}

  /** The type that configuration says, or nothing when it is wrong. */
  Optional<DesktopType> read(String name, CatalogueConfig.Type type) {
    int before = errors.size();
    String key = "berth.desktops." + name;
    require(
        DesktopTypeName.isCanonical(name),
        key,
        "its name must be a-z, 0-9, inner hyphens, at most 30");
    require(!type.title().isBlank(), key + ".title", "must not be blank");
    require(
        type.groups().orElse(List.of()).stream().noneMatch(String::isBlank),
        key + ".groups",
        "must be names of groups");
    require(isImage(type.image()), key + ".image", "must be an image with a tag or digest");
    require(type.port() > 0 && type.port() <= 65_535, key + ".port", "must be 1 to 65535");
    require(SCHEMES.contains(type.scheme()), key + ".scheme", "must be http or https");
    require(type.readyPath().startsWith("/"), key + ".ready-path", "must start with a slash");
    require(
        !type.username().isBlank() && !type.username().contains(":"),
        key + ".username",
        "must not be blank or have a colon");
    require(
        VARIABLE.matcher(type.passwordVariable()).matches(),
        key + ".password-variable",
        "must be a variable's name");
    for (String variable : type.environment().keySet()) {
      require(
          VARIABLE.matcher(variable).matches(),
          key + ".environment." + variable,
          "must be a variable's name");
      require(
          !variable.equals(type.passwordVariable()),
          key + ".environment." + variable,
          "is made anew for each container");
    }
    for (String capability : type.capabilities().orElse(List.of())) {
      require(
          CAPABILITY.matcher(capability).matches(),
          key + ".capabilities",
          capability + " is no capability's name, such as CHOWN");
    }
    require(
        type.home().path().startsWith("/") && type.home().path().length() > 1,
        key + ".home.path",
        "must be an absolute path");
    require(
        DesktopTypeName.isCanonical(type.home().sharedAs().orElse(name)),
        key + ".home.shared-as",
        "must be a-z, 0-9, inner hyphens, at most 30");
    require(type.startTimeout().isPositive(), key + ".start-timeout", "must be positive");
    DesktopType.Pool pool = pools.read(key + ".pool", type.pool(), type.home().keep());
    limits(key + ".limits", type.limits());
    placement(key + ".placement", type);
    Optional<DesktopType.Hardening> hardening =
        new HardeningReader(errors, allowUnconfined).read(key + ".hardening", type);
    Timeouts timeouts = TimeoutsReader.read(key + ".timeouts", type.timeouts(), errors);
    client(key + ".client", type.client());
    type.standIn()
        .ifPresent(standIn -> {
          require(
              isImage(standIn.image()),
              key + ".stand-in.image",
              "must be an image with a tag or digest");
          client(key + ".stand-in.client", standIn.client());
        });
    return errors.size() > before
        ? Optional.empty()
        : hardening.map(its -> desktopType(name, type, new Read(its, timeouts, pool)));
  }

  private void limits(String key, CatalogueConfig.Limits limits) {
    require(limits.memory().asLongValue() >= LEAST_MEMORY, key + ".memory", "must be at least 64M");
    require(limits.cpus() > 0, key + ".cpus", "must be positive");
    require(limits.pids() >= 16, key + ".pids", "must be at least 16");
    require(limits.shmSize().asLongValue() > 0, key + ".shm-size", "must be positive");
    require(limits.openFiles() >= 256, key + ".open-files", "must be at least 256");
    require(
        limits.oomScore() >= 0 && limits.oomScore() <= 1000,
        key + ".oom-score",
        "must be 0 to 1000");
    require(GPUS.matcher(limits.gpus()).matches(), key + ".gpus", "must be a number or all");
    for (String device : limits.gpuDevices().orElse(List.of())) {
      require(
          GPU_DEVICE.matcher(device).matches(),
          key + ".gpu-devices",
          device + " is no GPU, such as /dev/dri/renderD128");
    }
  }

  private void placement(String key, CatalogueConfig.Type type) {
    CatalogueConfig.Placement placement = type.placement();
    for (String toleration : placement.tolerations().orElse(List.of())) {
      require(
          Placement.Toleration.parse(toleration).isPresent(),
          key + ".tolerations",
          toleration + " is not key[=value][:NoSchedule|PreferNoSchedule|NoExecute]");
    }
    require(
        memoryRequest(type) <= type.limits().memory().asLongValue(),
        key + ".memory-request",
        "must not be more than limits.memory");
    require(
        cpuRequest(type) > 0 && cpuRequest(type) <= type.limits().cpus(),
        key + ".cpu-request",
        "must be positive, and not more than limits.cpus");
  }

  private void client(String key, CatalogueConfig.Client client) {
    require(
        QUERY.matcher(client.startQuery().orElse("")).matches(),
        key + ".start-query",
        "must be a query without ? and #");
    require(
        !client.startQuery().orElse("").startsWith("?"),
        key + ".start-query",
        "must not start with ?");
    for (String prefix : client.blockedPrefixes().orElse(List.of())) {
      require(
          prefix.startsWith("/"), key + ".blocked-prefixes", prefix + " must start with a slash");
    }
  }

  private void require(boolean holds, String key, String otherwise) {
    if (!holds) {
      errors.add(key + ": " + otherwise);
    }
  }

  private static boolean isImage(String image) {
    return IMAGE.matcher(image).matches() && TAGGED.matcher(image).matches();
  }

  private static DesktopType desktopType(String name, CatalogueConfig.Type type, Read read) {
    CatalogueConfig.Limits limits = type.limits();
    return new DesktopType(
        new DesktopTypeName(name),
        type.title(),
        type.description().orElse(""),
        type.groups().orElse(List.of()).stream()
            .map(group -> group.startsWith("/") ? group.substring(1) : group)
            .collect(Collectors.toSet()),
        new DesktopType.Image(type.image(), client(type.client())),
        type.port(),
        type.scheme(),
        type.verifyTls(),
        type.readyPath(),
        type.username(),
        type.passwordVariable(),
        type.environment(),
        new DesktopType.Limits(
            limits.memory().asLongValue(),
            limits.cpus(),
            limits.pids(),
            limits.shmSize().asLongValue(),
            limits.openFiles(),
            limits.oomScore()),
        new DesktopType.Gpus(
            limits.gpus().equals("all") ? -1 : Integer.parseInt(limits.gpus()),
            limits.gpuDevices().orElse(List.of())),
        placement(type),
        type.capabilities().orElse(List.of()),
        read.hardening(),
        type.home().keep()
            ? Optional.of(
                new DesktopType.Home(type.home().sharedAs().orElse(name), type.home().path()))
            : Optional.empty(),
        type.startOnVisit(),
        type.pause(),
        read.timeouts(),
        type.startTimeout(),
        read.pool(),
        type.standIn()
            .map(standIn -> new DesktopType.Image(standIn.image(), client(standIn.client()))));
  }

  private static Placement placement(CatalogueConfig.Type type) {
    CatalogueConfig.Placement placement = type.placement();
    return new Placement(
        placement.nodeSelector(),
        placement.tolerations().orElse(List.of()).stream()
            .map(Placement.Toleration::parse)
            .flatMap(Optional::stream)
            .toList(),
        placement.priorityClass(),
        placement.runtimeClass(),
        placement.gpuResource(),
        memoryRequest(type),
        cpuRequest(type));
  }

  private static long memoryRequest(CatalogueConfig.Type type) {
    return type.placement().memoryRequest().orElse(type.limits().memory()).asLongValue();
  }

  private static double cpuRequest(CatalogueConfig.Type type) {
    return type.placement().cpuRequest().orElse(type.limits().cpus() / 4);
  }

  private static DesktopType.Client client(CatalogueConfig.Client client) {
    return new DesktopType.Client(
        client.startQuery().orElse(""),
        client.stripPrefix(),
        client.blockedPrefixes().orElse(List.of()),
        client.activity());
  }
}
