package io.berth.session.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.berth.session.catalogue.DesktopType.Hardening;
import io.berth.session.catalogue.DesktopType.Profile;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what keeps a desktop type's containers from their host, and collects what is wrong. */
final class HardeningReader {

  private static final Set<String> NETWORKS = Set.of("internet", "isolated");
  private static final String DEFAULT = "default";
  private static final String UNCONFINED = "unconfined";
  private static final Pattern APP_ARMOR = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern FOLDER = Pattern.compile("(/[A-Za-z0-9._-]+)+");
  private static final Pattern HOST_NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> errors;
  private final boolean allowUnconfined;

  HardeningReader(List<String> errors, boolean allowUnconfined) {
    this.errors = errors;
    this.allowUnconfined = allowUnconfined;
  }

  /** The hardening that configuration says, or nothing when it is wrong. */
  Optional<Hardening> read(String key, CatalogueConfig.Type type) {
    CatalogueConfig.Hardening its = type.hardening();
    int before = errors.size();
    require(NETWORKS.contains(its.network()), key + ".network", "must be internet or isolated");
    require(its.user() > 0, key + ".user", "must be positive: a desktop never runs as root");
    its.tmpfs()
        .forEach((folder, size) ->
            require(
                FOLDER.matcher(folder).matches()
                    && !(type.home().path() + "/").startsWith(folder + "/")
                    && size.asLongValue() > 0,
                key + ".tmpfs." + folder,
                "must be a folder that has not the home in it, and its size"));
    its.extraHosts()
        .forEach((name, address) ->
            require(
                HOST_NAME.matcher(name).matches() && isOrdinary(address),
                key + ".extra-hosts." + name,
                "must be a name and an address, neither loopback nor link-local"));
    Optional<Profile> seccomp = seccomp(key + ".seccomp", its.seccomp());
    Optional<Profile> appArmor = appArmor(key + ".app-armor", its.appArmor());
    if (errors.size() > before || seccomp.isEmpty() || appArmor.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Hardening(
            its.network().equals("isolated"),
            its.user(),
            seccomp.get(),
            appArmor.get(),
            its.readOnlyRoot(),
            its.tmpfs().entrySet().stream()
                .collect(
                    Collectors.toMap(Map.Entry::getKey, each -> each.getValue().asLongValue())),
            its.extraHosts()));
  }

  private Optional<Profile> seccomp(String key, String value) {
    if (value.equals(DEFAULT) || value.equals(UNCONFINED)) {
      return ofWord(key, value);
    }
    try {
      String profile = Files.readString(Path.of(value));
      require(JSON.readTree(profile).isObject(), key, value + " is no seccomp profile");
      return Optional.of(new Profile.Given(profile));
    } catch (JsonProcessingException e) {
      return refuse(key, value + " is not JSON");
    } catch (IOException | InvalidPathException e) {
      return refuse(key, value + " can't be read: default, unconfined, or the path of a profile");
    }
  }

  private Optional<Profile> appArmor(String key, String value) {
    if (value.equals(DEFAULT) || value.equals(UNCONFINED)) {
      return ofWord(key, value);
    }
    return APP_ARMOR.matcher(value).matches()
        ? Optional.of(new Profile.Given(value))
        : refuse(key, value + " is no profile's name");
  }

  private Optional<Profile> ofWord(String key, String value) {
    if (value.equals(DEFAULT)) {
      return Optional.of(new Profile.OfEngine());
    }
    return allowUnconfined
        ? Optional.of(new Profile.Unconfined())
        : refuse(key, "unconfined needs berth.allow-unconfined=true");
  }

  private <T> Optional<T> refuse(String key, String why) {
    errors.add(key + ": " + why);
    return Optional.empty();
  }

  private void require(boolean holds, String key, String otherwise) {
    if (!holds) {
      errors.add(key + ": " + otherwise);
    }
  }

  private static boolean isOrdinary(String address) {
    try {
      InetAddress literal = InetAddress.ofLiteral(address);
      return !literal.isLoopbackAddress()
          && !literal.isLinkLocalAddress()
          && !literal.isAnyLocalAddress()
          && !literal.isMulticastAddress();
    } catch (IllegalArgumentException e) {
      return false; // a name, or the engine's word for its host
    }
  }
}
