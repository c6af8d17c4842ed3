package io.berth.proxy;

import io.berth.proxy.rehearsal.Rehearsal;
import io.berth.proxy.rehearsal.RehearsingEdge;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;

/** The edge's process: serves, or with the word {@code rehearse} plays for itself and ends. */
@QuarkusMain
public final class Main {

  private Main() {}

  /** Entry. */
  public static void main(String... arguments) throws IOException {
    if (arguments.length == 1 && arguments[0].equals("rehearse")) {
      int neighbours = Rehearsal.freePort();
      Rehearsal.configuration(neighbours).forEach(System::setProperty);
      Quarkus.run(RehearsingEdge.class, Integer.toString(neighbours));
    } else {
      Quarkus.run(arguments);
    }
  }
}
