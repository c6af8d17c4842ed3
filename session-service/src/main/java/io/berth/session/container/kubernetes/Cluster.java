package io.berth.session.container.kubernetes;

import io.berth.session.container.ContainerRefused;
import io.berth.session.container.RuntimeUnavailable;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.ServiceResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The connection to the API server: tells "it is not there" from its answers. */
@ApplicationScoped
class Cluster {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final Duration PING = Duration.ofSeconds(3);

  private final KubernetesClient client;
  private final String namespace;

  Cluster(KubernetesClient client, KubernetesConfig config) {
    this.client = client;
    this.namespace = config.namespace();
  }

  KubernetesClient client() {
    return client;
  }

  String namespace() {
    return namespace;
  }

  PodResource pod(String name) {
    return client.pods().inNamespace(namespace).withName(name);
  }

  ServiceResource<Service> service(String name) {
    return client.services().inNamespace(namespace).withName(name);
  }

  /** Returns if the API server answers soon. */
  void ping() {
    try {
      // The client's own patience is meant for work, and a health check has less.
      var _ =
          CompletableFuture.supplyAsync(client::getKubernetesVersion, Thread::startVirtualThread)
              .get(PING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  Optional<Pod> findPod(String name) {
    return call(each -> Optional.ofNullable(pod(name).get()));
  }

  Optional<Service> findService(String name) {
    return call(each -> Optional.ofNullable(service(name).get()));
  }

  /** The Services of an instance's desktops. */
  List<Service> listServices(String instance) {
    return call(each ->
        each.services()
            .inNamespace(namespace)
            .withLabel(Labels.INSTANCE, instance)
            .withLabel(Labels.SESSION)
            .list()
            .getItems());
  }

  /** Makes an object, or finds that it has been made; whether it is new. */
  <T extends HasMetadata> Optional<T> create(T object) {
    try {
      return Optional.of(reach(each -> each.resource(object).inNamespace(namespace).create()));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return Optional.empty();
      }
      throw refused(e);
    }
  }

  /** Calls the API server; what it refuses is a {@link ContainerRefused}. */
  <T> T call(Function<KubernetesClient, T> call) {
    try {
      return reach(call);
    } catch (KubernetesClientException e) {
      throw refused(e);
    }
  }

  private <T> T reach(Function<KubernetesClient, T> call) {
    try {
      return call.apply(client);
    } catch (KubernetesClientException e) {
      int code = e.getCode();
      // 0: no answer; others: not now, the same may work in a moment.
      if (code == 0 || code == TOO_MANY_REQUESTS || code >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
        throw unavailable(e);
      }
      throw e;
    }
  }

  RuntimeUnavailable unavailable(Throwable cause) {
    return new RuntimeUnavailable(
        "the Kubernetes API at " + client.getMasterUrl() + " does not answer", cause);
  }

  private static ContainerRefused refused(KubernetesClientException e) {
    String said =
        e.getStatus() == null || e.getStatus().getMessage() == null
            ? Objects.requireNonNullElse(e.getMessage(), "no reason given")
            : e.getStatus().getMessage();
    return new ContainerRefused("The cluster refused: " + said, e);
  }
}
