package io.berth.launcher.command;

import io.berth.launcher.console.Failure;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line as a whole. */
@Command(
    name = "./berth",
    mixinStandardHelpOptions = true,
    description = "Containerised desktops in the browser, on this machine.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      Up.class,
      Down.class,
      Status.class,
      Logs.class,
      Doctor.class,
      Images.class,
      Walls.class,
      Test.class,
      Dev.class,
      Bench.class,
      Chaos.class,
      Cleanup.class,
      Backup.class,
      Restore.class,
      Compose.class,
      Docs.class,
      Native.class
    })
public final class Berth implements Runnable {

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the field
  public Berth() {}

  /** Runs one command line; its exit status. */
  public static int run(String... words) {
    CommandLine line = new CommandLine(new Berth());
    line.setExecutionExceptionHandler((e, command, _) -> {
      PrintWriter err = command.getErr();
      if (e instanceof Failure) {
        err.println("berth: " + e.getMessage());
      } else {
        err.println("berth: something went wrong that should not: please report this.");
        e.printStackTrace(err);
      }
      return CommandLine.ExitCode.SOFTWARE;
    });
    return line.execute(words);
  }

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }
}
