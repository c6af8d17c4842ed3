package io.berth.launcher.reference;

import java.util.List;

/**
 * The keys of one mapping.
 *
 * @param service the module that reads it
 * @param prefix what its keys begin with
 * @param about what they are for, in Markdown
 */
record ConfigSection(String service, String prefix, String about, List<ConfigKey> keys) {

  ConfigSection {
    keys = List.copyOf(keys);
  }
}
