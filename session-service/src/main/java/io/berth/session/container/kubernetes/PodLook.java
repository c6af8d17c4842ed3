package io.berth.session.container.kubernetes;

import io.berth.session.container.Container.State;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a pod's status says about its one container. */
record PodLook(Pod pod) {

  private static final Set<String> NO_IMAGE =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError",
          "RegistryUnavailable");
  private static final Set<String> CANNOT_START =
      Set.of("CreateContainerError", "CreateContainerConfigError", "RunContainerError");

  /** Killed: what is said of a pod that went without a word, by eviction or with its node. */
  static final long KILLED = 137;

  State state() {
    return switch (Objects.requireNonNullElse(pod.getStatus().getPhase(), "")) {
      case "Running" -> terminated().isPresent() ? State.EXITED : State.RUNNING;
      case "Succeeded", "Failed" -> State.EXITED;
      default -> State.CREATED;
    };
  }

  /** Whether it is asked to go. */
  boolean isLeaving() {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  long exitCode() {
    if (state() != State.EXITED) {
      return 0;
    }
    return terminated().map(each -> each.getExitCode().longValue()).orElse(KILLED);
  }

  boolean outOfMemory() {
    return terminated().filter(each -> "OOMKilled".equals(each.getReason())).isPresent();
  }

  /** Why there is no image, if there is none. */
  Optional<String> noImage() {
    return waiting().filter(each -> NO_IMAGE.contains(each.getReason())).map(PodLook::reason);
  }

  /** Why the container can't start, if it can't. */
  Optional<String> cannotStart() {
    return waiting().filter(each -> CANNOT_START.contains(each.getReason())).map(PodLook::reason);
  }

  /** Why no node takes it, if none does. */
  Optional<String> noNode() {
    return pod.getStatus().getConditions().stream()
        .filter(each -> "PodScheduled".equals(each.getType()) && "False".equals(each.getStatus()))
        .map(each -> Objects.requireNonNullElse(each.getMessage(), "no reason given"))
        .findFirst();
  }

  /** Whether its image is on its node. */
  boolean hasImage() {
    return status()
        .filter(each -> each.getImageID() != null && !each.getImageID().isEmpty())
        .isPresent();
  }

  private Optional<ContainerStateTerminated> terminated() {
    return status().map(ContainerStatus::getState).map(ContainerState::getTerminated);
  }

  private Optional<ContainerStateWaiting> waiting() {
    return status().map(ContainerStatus::getState).map(ContainerState::getWaiting);
  }

  private Optional<ContainerStatus> status() {
    return pod.getStatus().getContainerStatuses().stream().findFirst();
  }

  private static String reason(ContainerStateWaiting waiting) {
    return waiting.getMessage() == null ? waiting.getReason() : waiting.getMessage();
  }
}
