package io.berth.bench.measure;

import io.berth.bench.load.Visitor;
import io.berth.bench.load.Wire;
import io.berth.bench.process.Children;
import java.util.List;

/**
 * What all measurements share.
 *
 * @param wire the load's thread
 * @param authority the host and port that requests name
 * @param visitors who comes
 * @param children who ends what is started
 * @param scale how much
 */
public record Lab(
    Wire wire, String authority, List<Visitor> visitors, Children children, Scale scale) {

  public Lab {
    visitors = List.copyOf(visitors);
  }
}
