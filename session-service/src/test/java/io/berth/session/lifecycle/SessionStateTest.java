package io.berth.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SessionStateTest {

  @ParameterizedTest
  @CsvSource({
    "REQUESTED, PULLING STOPPING",
    "PULLING, CREATING STOPPING",
    "CREATING, STARTING STOPPING",
    "STARTING, CREATING READY RUNNING STOPPING",
    "READY, STARTING STOPPING",
    "RUNNING, PAUSING RESTARTING STOPPING",
    "PAUSING, PAUSED STOPPING",
    "PAUSED, RESUMING RESTARTING STOPPING",
    "RESUMING, STARTING CREATING STOPPING",
    "RESTARTING, RESUMING STOPPING",
    "STOPPING, STOPPED FAILED",
    "STOPPED, ''",
    "FAILED, ''"
  })
  void onlyTheseMovesAreLegal(SessionState from, String words) {
    Set<SessionState> legal = EnumSet.noneOf(SessionState.class);
    for (SessionState next : SessionState.values()) {
      if (from.mayBecome(next)) {
        legal.add(next);
      }
    }
    Set<SessionState> expected = EnumSet.noneOf(SessionState.class);
    for (String word : words.split(" ", -1)) {
      if (!word.isEmpty()) {
        expected.add(SessionState.valueOf(word));
      }
    }
    assertThat(legal).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void everyLiveStateHasAWayToItsEnd(SessionState state) {
    boolean reachesTheEnd =
        !state.isLive() || state.mayBecome(SessionState.STOPPING) || state == SessionState.STOPPING;
    assertThat(reachesTheEnd).isTrue();
  }

  @Test
  void aWordIsReadBackAsItsState() {
    assertThat(SessionState.of("pulling")).isEqualTo(SessionState.PULLING);
    assertThat(SessionState.PULLING.word()).isEqualTo("pulling");
  }
}
