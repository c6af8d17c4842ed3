package io.berth.launcher.command;

import io.berth.launcher.installation.Checkout;
import io.berth.launcher.installation.Installation;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which installation a command is about. */
final class Target {

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Where its state is kept (BERTH_STATE; default: .berth in the checkout).")
  private @Nullable Path state;

  Installation installation() {
    return installation(Optional.empty());
  }

  Installation installation(Optional<Integer> port) {
    Checkout checkout = Checkout.find();
    Path folder =
        Optional.ofNullable(state)
            .or(() -> Optional.ofNullable(System.getenv("BERTH_STATE")).map(Path::of))
            .orElseGet(() -> checkout.file(".berth"));
    return Installation.in(checkout, folder, port, System.getenv());
  }
}
