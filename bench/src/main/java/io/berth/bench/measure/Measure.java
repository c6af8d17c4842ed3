package io.berth.bench.measure;

import io.berth.bench.report.Figure.Reading;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** One kind of measurement. */
public interface Measure {

  /** How messages call it. */
  String name();

  /** Whether it means something for this peer. */
  default boolean appliesTo(Contender contender) {
    return contender.isProxy();
  }

  /**
   * Measures once.
   *
   * @throws io.berth.bench.load.WrongAnswer if any answer was not right: then there is no figure
   */
  List<Reading> take(Contender contender) throws IOException, SQLException;
}
