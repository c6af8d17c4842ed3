package io.berth.launcher.suite;

import io.berth.launcher.installation.Installation;
import io.berth.launcher.installation.Ports;
import io.berth.launcher.installation.Secrets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The environment that each service is started with; secrets travel here, never as arguments. */
public final class ServiceEnvironment {

  private static final String LOOPBACK = "127.0.0.1";

  private final Installation installation;
  private final Ports ports;
  private final Secrets secrets;
  private final String engineAddress;

  public ServiceEnvironment(Installation installation, String engineAddress) {
    this.installation = installation;
    this.ports = installation.ports();
    this.secrets = installation.secrets();
    this.engineAddress = engineAddress;
  }

  public Map<String, String> of(ServiceName service) {
    Map<String, String> environment = new HashMap<>();
    environment.put("BERTH_PUBLIC_URL", installation.publicUrl());
    installation
        .desktopDomain()
        .ifPresent(domain -> environment.put(Installation.DESKTOP_DOMAIN_KEY, domain));
    environment.put("QUARKUS_HTTP_HOST", LOOPBACK);
    environment.put("QUARKUS_MANAGEMENT_HOST", LOOPBACK);
    environment.put("QUARKUS_LOG_CONSOLE_COLOR", "false");
    installation
        .traces()
        .ifPresent(collector -> {
          environment.put("QUARKUS_OTEL_SDK_DISABLED", "false");
          environment.put("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", collector);
        });
    switch (service) {
      case AUTH -> auth(environment);
      case SESSION -> session(environment);
      case PROXY -> proxy(environment);
    }
    return environment;
  }

  private void auth(Map<String, String> environment) {
    ports(environment, ports.auth(), ports.authManagement());
    jdbc(environment, "berth_auth");
    environment.put("QUARKUS_OIDC_AUTH_SERVER_URL", realm());
    environment.put("QUARKUS_OIDC_CLIENT_ID", "berth");
    environment.put("QUARKUS_OIDC_CREDENTIALS_SECRET", secrets.clientSecret());
    environment.put("BERTH_AUTH_KEY_ENCRYPTION_SECRET", secrets.keyEncryption());
  }

  private void session(Map<String, String> environment) {
    ports(environment, ports.session(), ports.sessionManagement());
    jdbc(environment, "berth_session");
    environment.put("BERTH_LOGIN_JWKS_URL", local(ports.auth()) + "/auth/jwks");
    environment.put("BERTH_PROVIDER_URL", realm());
    environment.put("BERTH_DOCKER_HOST", engineAddress);
    environment.put("BERTH_INSTANCE", installation.id());
    environment.put("BERTH_DOCKER_BRIDGE", installation.bridge());
    environment.put("BERTH_IMAGES_BUILD_WAIT", "PT20M");
    environment.put("BERTH_IMAGES_PROGRESS_DIRECTORY", installation.imageProgress().toString());
  }

  private void proxy(Map<String, String> environment) {
    environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(ports.edgeManagement()));
    environment.put(
        "QUARKUS_DATASOURCE_REACTIVE_URL",
        "postgresql://%s:%d/berth".formatted(LOOPBACK, ports.postgres()));
    credentials(environment, "berth_proxy");
    environment.put("BERTH_PROXY_PORT", String.valueOf(ports.edge()));
    environment.put("BERTH_PROXY_AUTH_SERVICE", local(ports.auth()));
    environment.put("BERTH_PROXY_SESSION_SERVICE", local(ports.session()));
    environment.put("BERTH_PROXY_IDENTITY_PROVIDER", local(ports.keycloak()));
    installation
        .tls()
        .ifPresent(files -> {
          environment.put("BERTH_PROXY_TLS_CERTIFICATE", files.certificate().toString());
          environment.put("BERTH_PROXY_TLS_KEY", files.key().toString());
        });
  }

  private static void ports(Map<String, String> environment, int port, int management) {
    environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
    environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(management));
  }

  private void jdbc(Map<String, String> environment, String role) {
    environment.put(
        "QUARKUS_DATASOURCE_JDBC_URL",
        "jdbc:postgresql://%s:%d/berth".formatted(LOOPBACK, ports.postgres()));
    credentials(environment, role);
  }

  private void credentials(Map<String, String> environment, String role) {
    environment.put("QUARKUS_DATASOURCE_USERNAME", role);
    environment.put(
        "QUARKUS_DATASOURCE_PASSWORD", secrets.databasePasswords(List.of(role)).get(role));
  }

  private String realm() {
    return local(ports.keycloak()) + "/idp/realms/berth";
  }

  private static String local(int port) {
    return "http://%s:%d".formatted(LOOPBACK, port);
  }
}
