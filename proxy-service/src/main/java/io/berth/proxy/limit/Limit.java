package io.berth.proxy.limit;

/** Every limit there is; the word is its label in the metrics. */
public enum Limit {
  /** Connections of everybody together. */
  CONNECTIONS("connections"),
  /** Open connections of one address. */
  ADDRESS_CONNECTIONS("address-connections"),
  /** Requests per second of one address. */
  ADDRESS_REQUESTS("address-requests"),
  /** Requests under way of one address. */
  ADDRESS_EXCHANGES("address-exchanges"),
  /** Open WebSockets of one address. */
  ADDRESS_TUNNELS("address-tunnels"),
  /** WebSockets opened per minute by one address. */
  ADDRESS_NEW_TUNNELS("address-new-tunnels"),
  /** Requests of one address without a good login. */
  ADDRESS_WITHOUT_LOGIN("address-without-login"),
  /** Requests per second of one person. */
  PERSON_REQUESTS("person-requests"),
  /** Requests under way of one person. */
  PERSON_EXCHANGES("person-exchanges"),
  /** Open WebSockets of one person. */
  PERSON_TUNNELS("person-tunnels"),
  /** WebSockets opened per minute by one person. */
  PERSON_NEW_TUNNELS("person-new-tunnels");

  private final String word;

  Limit(String word) {
    this.word = word;
  }

  /** Its name in metrics, logs and problems. */
  public String word() {
    return word;
  }
}
