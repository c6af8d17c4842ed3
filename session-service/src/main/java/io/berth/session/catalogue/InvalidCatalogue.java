package io.berth.session.catalogue;

import java.util.List;

/** The catalogue can't be used; the message has all that is wrong with it. */
public class InvalidCatalogue extends RuntimeException {

  private static final long serialVersionUID = 1;

  InvalidCatalogue(List<String> errors) {
    super(
        "the catalogue of desktop types is invalid; correct catalogue.yaml, or the file of"
            + " BERTH_CATALOGUE_FILE:\n  "
            + String.join("\n  ", errors));
  }
}
