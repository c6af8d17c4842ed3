package io.berth.e2e;

import io.berth.launcher.keycloak.KeycloakServer;
import io.berth.launcher.postgres.PostgresServer;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The three services in a cluster, deployed from {@code k8s/overlays/test}; PostgreSQL and Keycloak
 * stay outside, on this machine, as they do in a company.
 */
final class KubernetesBerth implements Site, AutoCloseable {

  static final String DESKTOPS = "berth-desktops";
  static final String SERVICES = "berth";

  /** What a person's desktop runs: the stand-in that `./berth images build` makes. */
  static final String IMAGE = "berth/ubuntu-desktop:local";

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int NODE_PORT = 30_506;
  private static final int HOMES = 4;
  private static final String HOME_CLASS = "berth-e2e";

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final String url = "http://%s:%d".formatted(nodeAddress(), NODE_PORT);
  private final Map<String, String> passwords = new TreeMap<>();

  private KubernetesBerth() {
    opened.push(client);
  }

  /** Everything runs and is ready. */
  static KubernetesBerth start() {
    KubernetesBerth berth = new KubernetesBerth();
    try {
      berth.bringUp();
      berth.awaitReady();
      return berth;
    } catch (RuntimeException | AssertionError e) {
      berth.close();
      throw e;
    }
  }

  private void bringUp() {
    ServiceImages.load("ubuntu-desktop", IMAGE);
    InetAddress here = addressTowardsCluster();
    PostgresServer postgres = opened(PostgresServer.startTemporary());
    KeycloakServer keycloak = opened(KeycloakServer.startTemporary(url, url));
    for (String person : List.of("alice", "bob")) {
      passwords.put(person, keycloak.password(person));
    }
    Relay database = opened(new Relay(here, postgres.port()));
    Relay provider = opened(new Relay(here, keycloak.port()));
    opened.push(this::takeDown);
    makeHomes();
    apply(settings(postgres, database.address(), provider.address(), keycloak.clientSecret()));
  }

  KubernetesClient client() {
    return client;
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public String password(String person) {
    String password = passwords.get(person);
    if (password == null) {
      throw new IllegalArgumentException("nobody called " + person);
    }
    return password;
  }

  void awaitReady() {
    Eventually.that(
        "every Deployment of Berth is as wanted",
        LIMIT,
        () ->
            client.apps().deployments().inNamespace(SERVICES).list().getItems().stream()
                .allMatch(KubernetesBerth::isReady));
  }

  private static boolean isReady(Deployment deployment) {
    Integer wanted = deployment.getSpec().getReplicas();
    var status = deployment.getStatus();
    return wanted.equals(status.getReadyReplicas())
        && wanted.equals(status.getUpdatedReplicas())
        && wanted.equals(status.getReplicas())
        && deployment.getMetadata().getGeneration().equals(status.getObservedGeneration());
  }

  private String settings(
      PostgresServer postgres, String database, String provider, String clientSecret) {
    String realm = "http://" + provider + "/idp/realms/berth";
    return """
    apiVersion: kustomize.config.k8s.io/v1beta1
    kind: Kustomization
    resources: [../../../k8s/overlays/test]
    configMapGenerator:
      - name: berth
        namespace: berth
        literals:
          - BERTH_PUBLIC_URL=%1$s
          - BERTH_INSTANCE=e2e
          - QUARKUS_DATASOURCE_JDBC_URL=jdbc:postgresql://%2$s/berth
          - QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://%2$s/berth
          - QUARKUS_OIDC_AUTH_SERVER_URL=%3$s
          - QUARKUS_OIDC_CLIENT_ID=berth
          - BERTH_PROVIDER_URL=%3$s
          - BERTH_PROXY_IDENTITY_PROVIDER=http://%4$s
          - BERTH_PROXY_ALLOWED_UPSTREAMS=10.96.0.0/16:6901
          - BERTH_KUBERNETES_HOMES_STORAGE_CLASS=%5$s
          - BERTH_KUBERNETES_HOMES_SIZE=1M
      - name: berth-catalogue
        namespace: berth
        files: [catalogue.yaml]
    secretGenerator:
      - name: berth
        namespace: berth
        literals:
          - database-session=%6$s
          - database-auth=%7$s
          - database-proxy=%8$s
          - oidc-client-secret=%9$s
          - key-encryption=only-for-this-run-of-the-end-to-end-tests
    """
        .formatted(
            url,
            database,
            realm,
            provider,
            HOME_CLASS,
            postgres.password("berth_session"),
            postgres.password("berth_auth"),
            postgres.password("berth_proxy"),
            clientSecret);
  }

  private static void apply(String kustomization) {
    Path folder = RunningBerth.OUTPUT.resolve("kubernetes");
    write(folder.resolve("kustomization.yaml"), kustomization);
    write(
        folder.resolve("catalogue.yaml"),
        """
        berth:
          desktops:
            ubuntu-desktop:
              image: %s
              client:
                start-query: autoconnect=true&resize=remote&path=desktop/{path}/websockify
              limits: {memory: 1G, cpus: 1}
              placement: {memory-request: 256M, cpu-request: 0.1}
        """
            .formatted(IMAGE));
    Command.Outcome outcome =
        Command.run(Duration.ofMinutes(1), List.of("kubectl", "apply", "-k", folder.toString()));
    if (outcome.exitCode() != 0) {
      throw new AssertionError("kubectl apply failed:\n" + outcome.output());
    }
  }

  /** Nothing provides volumes in the tests' cluster, so there are some. */
  private void makeHomes() {
    for (int i = 0; i < HOMES; i++) {
      try {
        Path folder = Files.createTempDirectory("berth-e2e-home-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        var _ =
            client
                .resource(
                    new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName("berth-e2e-" + i)
                        .addToLabels("app.kubernetes.io/part-of", HOME_CLASS)
                        .endMetadata()
                        .withNewSpec()
                        .withStorageClassName(HOME_CLASS)
                        .addToCapacity("storage", new Quantity("1Mi"))
                        .withAccessModes("ReadWriteOnce")
                        .withPersistentVolumeReclaimPolicy("Retain")
                        .withNewHostPath(folder.toString(), "Directory")
                        .endSpec()
                        .build())
                .create();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private String nodeAddress() {
    return client.nodes().list().getItems().getFirst().getStatus().getAddresses().stream()
        .filter(address -> address.getType().equals("InternalIP"))
        .map(NodeAddress::getAddress)
        .findFirst()
        .orElseThrow();
  }

  /** This machine, as the cluster's pods reach it. */
  private InetAddress addressTowardsCluster() {
    URI api = URI.create(client.getMasterUrl().toString());
    try (Socket socket = new Socket(api.getHost(), api.getPort())) {
      return socket.getLocalAddress();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  private void takeDown() {
    RunningBerth.keep("kubernetes-pods.txt", state());
    var _ = client.namespaces().withName(SERVICES).delete();
    var _ = client.namespaces().withName(DESKTOPS).delete();
    var _ = client.persistentVolumes().withLabel("app.kubernetes.io/part-of", HOME_CLASS).delete();
  }

  /** What there is and what it says, for whoever looks into a failure. */
  private static String state() {
    return Command.run(
            Duration.ofMinutes(1),
            List.of(
                "sh",
                "-c",
                "kubectl get pods,services,pvc -A; kubectl -n berth describe pods;"
                    + " for app in proxy auth session; do kubectl -n berth logs --tail=200 --prefix"
                    + " -l app.kubernetes.io/name=berth-$app; done; kubectl get events -A"))
        .output();
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
