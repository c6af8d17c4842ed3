package io.berth.chaos.storm;

import com.github.dockerjava.api.exception.DockerException;
import io.berth.chaos.world.DatabaseRelay;
import io.berth.chaos.world.Edge;
import io.berth.chaos.world.SessionService;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** What can go wrong. Each returns when whoever looks after the part has started it again. */
enum Blow {
  SESSION_SERVICE_KILLED("one of two session-services, kill -9, started again") {
    @Override
    void strike(Fleet fleet, RandomGenerator random) {
      SessionService one = any(fleet.services(), random);
      one.process().kill();
      one.start().awaitReady();
    }
  },
  ALL_SESSION_SERVICES_KILLED("both session-services, kill -9, started again") {
    @Override
    void strike(Fleet fleet, RandomGenerator random) {
      fleet.services().forEach(service -> service.process().kill());
      fleet.services().forEach(SessionService::start);
      fleet.awaitReady();
    }
  },
  SESSION_SERVICE_STALLED("one session-service stands still past its lease (5 s)") {
    @Override
    void strike(Fleet fleet, RandomGenerator random) throws InterruptedException {
      SessionService one = any(fleet.services(), random);
      one.process().stop();
      TimeUnit.SECONDS.sleep(5);
      one.process().goOn();
    }
  },
  EDGE_KILLED("one of two edges, kill -9, started again") {
    @Override
    void strike(Fleet fleet, RandomGenerator random) {
      Edge one = any(fleet.edges(), random);
      one.process().kill();
      one.start().awaitReady();
    }
  },
  POSTGRES_KILLED("PostgreSQL, kill -9, started again") {
    @Override
    void strike(Fleet fleet, RandomGenerator random) {
      fleet.world().killPostgres();
      fleet.world().postgres().start();
    }
  },
  NETWORK_CUT("connections to PostgreSQL reset and refused for 3 s") {
    @Override
    void strike(Fleet fleet, RandomGenerator random) throws InterruptedException {
      disturb(fleet, DatabaseRelay.State.CUT);
    }
  },
  NETWORK_SILENT("connections to PostgreSQL silent for 3 s") {
    @Override
    void strike(Fleet fleet, RandomGenerator random) throws InterruptedException {
      disturb(fleet, DatabaseRelay.State.SILENT);
    }
  },
  ENGINE_KILLED("the container engine, kill -9, started again") {
    @Override
    void strike(Fleet fleet, RandomGenerator random) {
      fleet.world().engine().kill();
      fleet.world().engine().start();
    }
  },
  CONTAINER_KILLED("a desktop's container, kill -9") {
    @Override
    void strike(Fleet fleet, RandomGenerator random) {
      List<String> containers = containers(fleet);
      if (!containers.isEmpty()) {
        ignoringItsEnd(
            () -> fleet.world().docker().killContainerCmd(any(containers, random)).exec());
      }
    }
  },
  CONTAINER_REMOVED("a desktop's container, docker rm -f") {
    @Override
    void strike(Fleet fleet, RandomGenerator random) {
      List<String> containers = containers(fleet);
      if (!containers.isEmpty()) {
        ignoringItsEnd(() ->
            fleet
                .world()
                .docker()
                .removeContainerCmd(any(containers, random))
                .withForce(true)
                .exec());
      }
    }
  },
  ROUTES_LOST("all rows of routes deleted") {
    @Override
    void strike(Fleet fleet, RandomGenerator random) {
      fleet.world().ledger().update("DELETE FROM routes");
    }
  },
  HOST_RESTARTED("everything, desktops included, kill -9, started again") {
    @Override
    void strike(Fleet fleet, RandomGenerator random) {
      fleet.services().forEach(service -> service.process().kill());
      fleet.edges().forEach(edge -> edge.process().kill());
      fleet.world().engine().killWithContainers();
      fleet.world().killPostgres();
      fleet.world().postgres().start();
      fleet.world().engine().start();
      fleet.services().forEach(SessionService::start);
      fleet.edges().forEach(Edge::start);
      fleet.awaitReady();
    }
  };

  private final String description;

  Blow(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }

  abstract void strike(Fleet fleet, RandomGenerator random) throws InterruptedException;

  private static <T> T any(List<T> all, RandomGenerator random) {
    return all.get(random.nextInt(all.size()));
  }

  private static void disturb(Fleet fleet, DatabaseRelay.State state) throws InterruptedException {
    fleet.world().relay().become(state);
    TimeUnit.SECONDS.sleep(3);
    fleet.world().relay().become(DatabaseRelay.State.OPEN);
  }

  private static List<String> containers(Fleet fleet) {
    return fleet
        .world()
        .docker()
        .listContainersCmd()
        .withLabelFilter(Map.of("berth.instance", fleet.world().instance()))
        .exec()
        .stream()
        .map(container -> container.getId())
        .sorted()
        .toList();
  }

  private static void ignoringItsEnd(Runnable work) {
    try {
      work.run();
    } catch (DockerException e) {
      // It ended by itself in this moment.
    }
  }
}
