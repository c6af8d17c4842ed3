package io.berth.bench.peer;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * nginx with the deployment guide's directives, and what makes it faster beyond them: kept upstream
 * connections, no log, endless keep-alive.
 */
public final class Nginx implements Peer {

  private static final String CONFIGURATION =
      """
      daemon off;
      worker_processes auto;
      worker_rlimit_nofile 20000;
      pid %folder%/nginx.pid;
      error_log stderr error;
      events {
        worker_connections 19000;
      }
      http {
        access_log off;
        client_body_temp_path %folder%/body;
        proxy_temp_path %folder%/proxy;
        fastcgi_temp_path %folder%/fastcgi;
        uwsgi_temp_path %folder%/uwsgi;
        scgi_temp_path %folder%/scgi;
        tcp_nodelay on;
        keepalive_requests 100000000;
        map $http_upgrade $connection_upgrade {
          default upgrade;
          '' '';
        }
        upstream desktop {
          server 127.0.0.1:%upstream%;
          keepalive 128;
          keepalive_requests 100000000;
        }
        server {
          listen 127.0.0.1:%port% backlog=4096 reuseport;
          location / {
            proxy_pass http://desktop;
            proxy_http_version 1.1;
            proxy_set_header Host $host;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
            proxy_read_timeout 3600s;
            proxy_send_timeout 3600s;
            proxy_buffering off;
            proxy_cache off;
          }
        }
      }
      """;

  private final Site site;
  private final Optional<Program> program = Program.find("nginx", "-v");

  public Nginx(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "nginx";
  }

  @Override
  public Optional<String> version() {
    return program.map(Program::version);
  }

  @Override
  public RunningPeer start() throws IOException {
    return site.start(
        name(),
        List.of(program.orElseThrow().path().toString(), "-p", "%folder%", "-c", "%file%"),
        Map.of(),
        CONFIGURATION);
  }
}
