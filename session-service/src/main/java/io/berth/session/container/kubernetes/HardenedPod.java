package io.berth.session.container.kubernetes;

import io.berth.session.catalogue.DesktopType;
import io.berth.session.catalogue.DesktopType.Hardening;
import io.berth.session.catalogue.DesktopType.Profile;
import io.berth.session.catalogue.Placement;
import io.berth.session.container.ContainerRefused;
import io.berth.session.container.ContainerSpec;
import io.berth.session.container.InstanceConfig;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.CapabilitiesBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Describes pods that can do little, as the Pod Security Standard "restricted" wants them: uid 1000
 * and no other, no capabilities but those that the type lists, no new privileges, the runtime's
 * seccomp profile, bounded memory and processors, no token of a service account.
 *
 * <p>Processes are not bounded by a pod: the kubelet's {@code podPidsLimit} does that.
 */
@ApplicationScoped
class HardenedPod {

  static final String CONTAINER = "desktop";
  static final String PASSWORD_KEY = "password";

  private static final String SHARED_MEMORY = "shm";
  private static final String HOME = "home";

  private final KubernetesConfig config;
  private final String instance;

  HardenedPod(KubernetesConfig config, InstanceConfig instance) {
    this.config = config;
    this.instance = instance.instance();
  }

  /** The pod of a session; it knows its password by the Secret of the same name only. */
  Pod of(ContainerSpec spec) {
    DesktopType type = spec.type();
    String name = Labels.nameOf(spec.sessionId());
    PodBuilder pod =
        empty(name, type.placement(), type.hardening())
            .editMetadata()
            .addToLabels(Labels.of(spec, instance))
            .addToAnnotations(Labels.CONTAINER_NAME, spec.name())
            .addToAnnotations("cluster-autoscaler.kubernetes.io/safe-to-evict", "false")
            .endMetadata()
            .editSpec()
            .withHostname(type.name().value())
            .withTerminationGracePeriodSeconds(config.stopGrace().toSeconds())
            .addNewContainer()
            .withName(CONTAINER)
            .withImage(spec.image())
            .withImagePullPolicy("IfNotPresent")
            .addNewPort()
            .withName(CONTAINER)
            .withContainerPort(type.port())
            .endPort()
            .withEnv(environment(type, name))
            .withResources(resources(type))
            .withSecurityContext(
                new SecurityContextBuilder(contained(type.capabilities()))
                    .withReadOnlyRootFilesystem(type.hardening().readOnlyRoot())
                    .build())
            .endContainer()
            .endSpec();
    inMemory(pod, SHARED_MEMORY, "/dev/shm", type.limits().sharedMemory());
    new TreeMap<>(type.hardening().tmpfs())
        .forEach((folder, size) -> inMemory(pod, nameOf(folder), folder, size));
    type.home()
        .ifPresent(home -> {
          mount(pod, HOME, home.path());
          pod.editSpec()
              .addToVolumes(
                  new VolumeBuilder()
                      .withName(HOME)
                      .withNewPersistentVolumeClaim()
                      .withClaimName(Homes.nameOf(instance, spec.home().orElseThrow()))
                      .endPersistentVolumeClaim()
                      .build())
              .endSpec();
        });
    return pod.build();
  }

  private static void inMemory(PodBuilder pod, String volume, String path, long size) {
    mount(pod, volume, path);
    pod.editSpec()
        .addToVolumes(
            new VolumeBuilder()
                .withName(volume)
                .withNewEmptyDir()
                .withMedium("Memory")
                .withSizeLimit(bytes(size))
                .endEmptyDir()
                .build())
        .endSpec();
  }

  /** A name as volumes may have it. */
  private static String nameOf(String folder) {
    return "tmpfs-" + UUID.nameUUIDFromBytes(folder.getBytes(StandardCharsets.UTF_8));
  }

  /** A pod without containers and with nothing that it does not need. */
  PodBuilder empty(String name, Placement placement, Hardening hardening) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withSecurityContext(user(hardening))
        .withHostAliases(aliases(hardening))
        .withImagePullSecrets(
            config.imagePullSecrets().orElse(List.of()).stream()
                .map(LocalObjectReference::new)
                .toList())
        .withNodeSelector(placement.nodeSelector())
        .withTolerations(placement.tolerations().stream().map(HardenedPod::toleration).toList())
        .withPriorityClassName(placement.priorityClass().orElse(null))
        .withRuntimeClassName(placement.runtimeClass().orElse(null))
        .endSpec();
  }

  /** What keeps a container from whatever is outside it. */
  static SecurityContext contained(List<String> capabilities) {
    Capabilities none =
        new CapabilitiesBuilder()
            .withDrop("ALL")
            .withAdd(capabilities.isEmpty() ? List.of() : capabilities)
            .build();
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withPrivileged(false)
        .withCapabilities(none)
        .build();
  }

  private static PodSecurityContext user(Hardening hardening) {
    long user = hardening.user();
    return new PodSecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withRunAsUser(user)
        .withRunAsGroup(user)
        .withFsGroup(user)
        .withFsGroupChangePolicy("OnRootMismatch")
        .withSeccompProfile(seccomp(hardening.seccomp()))
        .build();
  }

  /** On a cluster a given profile is the name of a file that the nodes have. */
  private static SeccompProfile seccomp(Profile profile) {
    return switch (profile) {
      case Profile.OfEngine() -> new SeccompProfile(null, "RuntimeDefault");
      case Profile.Unconfined() -> new SeccompProfile(null, "Unconfined");
      case Profile.Given(String given) -> new SeccompProfile(given, "Localhost");
    };
  }

  private static List<HostAlias> aliases(Hardening hardening) {
    return new TreeMap<>(hardening.extraHosts())
        .entrySet().stream()
            .map(host -> new HostAlias(List.of(host.getKey()), host.getValue()))
            .toList();
  }

  private static List<EnvVar> environment(DesktopType type, String secret) {
    List<EnvVar> variables = new ArrayList<>();
    type.environment().forEach((name, value) -> variables.add(new EnvVar(name, value, null)));
    variables.add(
        new EnvVarBuilder()
            .withName(type.passwordVariable())
            .withNewValueFrom()
            .withNewSecretKeyRef(PASSWORD_KEY, secret, false)
            .endValueFrom()
            .build());
    return variables;
  }

  private static ResourceRequirements resources(DesktopType type) {
    Placement placement = type.placement();
    Map<String, Quantity> limits = new TreeMap<>();
    limits.put("memory", bytes(type.limits().memory()));
    limits.put("cpu", processors(type.limits().cpus()));
    int gpus = type.gpus().count();
    if (gpus < 0 || !type.gpus().devices().isEmpty()) {
      throw new ContainerRefused(
          "On Kubernetes the desktop type has to say a number of GPUs; \"all\" and devices there are none.",
          null);
    }
    if (gpus > 0) {
      limits.put(placement.gpuResource(), new Quantity(Integer.toString(gpus)));
    }
    return new ResourceRequirementsBuilder()
        .withLimits(limits)
        .addToRequests("memory", bytes(placement.memoryRequest()))
        .addToRequests("cpu", processors(placement.cpuRequest()))
        .build();
  }

  private static void mount(PodBuilder pod, String volume, String path) {
    pod.editSpec()
        .editFirstContainer()
        .addToVolumeMounts(new VolumeMountBuilder().withName(volume).withMountPath(path).build())
        .endContainer()
        .endSpec();
  }

  private static Toleration toleration(Placement.Toleration each) {
    return new TolerationBuilder()
        .withKey(each.key())
        .withOperator(each.value().isPresent() ? "Equal" : "Exists")
        .withValue(each.value().orElse(null))
        .withEffect(each.effect().orElse(null))
        .build();
  }

  private static Quantity bytes(long number) {
    return new Quantity(Long.toString(number));
  }

  private static Quantity processors(double number) {
    return new Quantity(Math.round(number * 1000) + "m");
  }
}
