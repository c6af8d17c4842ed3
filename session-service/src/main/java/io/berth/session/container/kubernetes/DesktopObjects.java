package io.berth.session.container.kubernetes;

import io.berth.session.container.Address;
import io.berth.session.container.Container;
import io.berth.session.container.Container.State;
import io.berth.session.container.ContainerRefused;
import io.berth.session.container.ContainerSpec;
import io.berth.session.container.InstanceConfig;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns a session's container into objects of the cluster and back. The Service is the container:
 * it has the address, it says which pod is to run, and it owns the pod and the Secret, so that
 * nothing of a desktop is left when it goes.
 */
@ApplicationScoped
class DesktopObjects {

  private final HardenedPod pods;
  private final String instance;

  DesktopObjects(HardenedPod pods, InstanceConfig instance) {
    this.pods = pods;
    this.instance = instance.instance();
  }

  Service service(ContainerSpec spec) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName(Labels.nameOf(spec.sessionId()))
        .addToLabels(Labels.of(spec, instance))
        .addToAnnotations(Labels.CONTAINER_NAME, spec.name())
        .addToAnnotations(Labels.POD, Serialization.asJson(pods.of(spec)))
        .endMetadata()
        .withNewSpec()
        .withType("ClusterIP")
        .withSelector(
            Map.of(Labels.INSTANCE, instance, Labels.SESSION, spec.sessionId().toString()))
        .addNewPort()
        .withName(HardenedPod.CONTAINER)
        .withPort(spec.type().port())
        .withNewTargetPort(spec.type().port())
        .endPort()
        .endSpec()
        .build();
  }

  Secret secret(ContainerSpec spec, Service owner) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(Labels.nameOf(spec.sessionId()))
        .addToLabels(Labels.of(spec, instance))
        .withOwnerReferences(owned(owner))
        .endMetadata()
        .withImmutable(true)
        .addToStringData(HardenedPod.PASSWORD_KEY, spec.password())
        .build();
  }

  /** The pod that a Service says is to run. */
  Pod pod(Service owner) {
    String described = owner.getMetadata().getAnnotations().get(Labels.POD);
    if (described == null) {
      throw new ContainerRefused(
          "The Service %s does not say what is to run.".formatted(owner.getMetadata().getName()),
          null);
    }
    return new PodBuilder(Serialization.unmarshal(described, Pod.class))
        .editMetadata()
        .withOwnerReferences(owned(owner))
        .endMetadata()
        .build();
  }

  /** The container that a Service and its pod are. */
  Container read(Service service, Optional<Pod> pod) {
    Map<String, String> annotations = service.getMetadata().getAnnotations();
    Optional<PodLook> look = pod.map(PodLook::new);
    State withoutPod = annotations.containsKey(Labels.STARTED) ? State.EXITED : State.CREATED;
    return new Container(
        service.getMetadata().getUid(),
        Objects.requireNonNullElse(
            annotations.get(Labels.CONTAINER_NAME), service.getMetadata().getName()),
        DesktopWatch.sessionOf(service),
        number(service.getMetadata().getLabels().get(Labels.GENERATION)),
        look.map(PodLook::state).orElse(withoutPod),
        look.map(PodLook::exitCode).orElse(withoutPod == State.EXITED ? PodLook.KILLED : 0),
        look.map(PodLook::outOfMemory).orElse(false),
        Optional.of(
            new Address(
                service.getSpec().getClusterIP(),
                service.getSpec().getPorts().getFirst().getPort())));
  }

  private static OwnerReference owned(Service owner) {
    return new OwnerReferenceBuilder()
        .withApiVersion("v1")
        .withKind("Service")
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .withController(false)
        .withBlockOwnerDeletion(false)
        .build();
  }

  private static long number(@Nullable String label) {
    try {
      return label == null ? 0 : Long.parseLong(label);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
