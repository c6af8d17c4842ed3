package io.berth.chaos;

import io.berth.chaos.storm.Storm;
import io.berth.chaos.world.PrivateEngine;
import io.berth.chaos.world.World;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./berth chaos}. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description = "Kills parts of a Berth of its own while people use it.")
public final class Chaos implements Callable<Integer> {

  @Option(names = "--minutes", description = "How long (default: 5).")
  private int minutes = 5;

  @Option(names = "--seed", description = "Repeat the plan of an earlier run.")
  private @Nullable Long seed;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Chaos()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!PrivateEngine.isPossible()) {
      System.err.println(
          "chaos: an engine that may be killed needs root, dockerd and ip: run it as root where docker.io and iproute2 are installed.");
      return 1;
    }
    long plan = seed == null ? new SecureRandom().nextLong(1_000_000) : seed;
    try (World world = World.make()) {
      Storm.Outcome outcome = new Storm(world, plan, System.out).run(Duration.ofMinutes(minutes));
      System.out.printf(
          "%n%d blows, %d deeds of people; all is well.%n%n%s",
          outcome.blows(), outcome.deeds(), outcome.recoveries());
      return 0;
    } catch (AssertionError e) {
      System.err.println("chaos: " + e.getMessage());
      return 1;
    }
  }
}
